# The English pack: its text is compiled by the library's own compiler, run as a program of the machine that builds, into a
# C file. Makes care_english, the objects that the libraries carry, and care_no_english for what needs no pack in it.

# In this order: words first, then what is built on them; a signal may rest on those before it.
set(care_english_files
    words lists cues contexts families nonapology/conditional nonapology/feelings nonapology/passive apology/shared
    apology/refusal apology/procedural apology/responsibility apology/forbearance apology/forgiveness_request
    apology/regret apology/formulaic customer/shared customer/apology empathy/shared empathy/sympathy
    empathy/cognitive empathy/affective empathy/validation empathy/formulaic empathy/attentive empathy/exploration
    acknowledge/thanks acknowledge/value ownership/personal action/shared action/commitment action/time_bound
    action/completed action/vague action/follow_up repair/fix_offer repair/compensation referral/competitor
    refusal/plain blame/shared blame/customer blame/colleague blame/group excuse/shared excuse/newness excuse/system
    excuse/policy excuse/workload excuse/third_party excuse/effort excuse/ignorance excuse/powerless excuse/change
    excuse/circumstance excuse/minimize excuse/comparison explanation/cause probe/experience probe/followup
    fine/shared fine/resigned fine/average fine/tepid customer/gratitude customer/complaint customer/vent
    customer/frustration customer/churn_intent customer/delight customer/advocacy customer/repeat_contact
    customer/price_value customer/broken_promise customer/rejects_excuse customer/demand_action customer/escalation
    customer/rant_threat customer/apology_rejected customer/apology_accepted customer/loyalty customer/praise_person
    customer/suggestion dismissive/calm_down dismissive/repeat dismissive/interrogate dismissive/command
    transactional/curt referral/fire_customer communicate/greeting communicate/courtesy communicate/transparency
    communicate/benefit communicate/check communicate/jargon scripted/boilerplate overpromise/absolute
    acknowledge/presence acknowledge/name acknowledge/complaint personalize/detail enrich/extra enrich/well_wish
    leader/shared leader/communicate leader/appreciate leader/recognize leader/empower leader/topdown conversations)
list(TRANSFORM care_english_files PREPEND packs/en/)
list(TRANSFORM care_english_files APPEND .care)

add_library(care_no_english OBJECT src/english_none.c)
care_compile_options(care_no_english)
target_include_directories(care_no_english PRIVATE include)

if(NOT CARE_ENGLISH)
    add_library(care_english ALIAS care_no_english)
    return()
endif()

add_executable(care_pack_host tools/pack_host.c $<TARGET_OBJECTS:care_objects> $<TARGET_OBJECTS:care_no_english>)
care_compile_options(care_pack_host)
target_include_directories(care_pack_host PRIVATE include)
target_link_libraries(care_pack_host PRIVATE care_utf8proc care_stemmer)

if(CARE_HOST_TOOL)
    set(care_host_tool "${CARE_HOST_TOOL}")
    set_target_properties(care_pack_host PROPERTIES EXCLUDE_FROM_ALL ON)
elseif(CMAKE_CROSSCOMPILING AND NOT CMAKE_CROSSCOMPILING_EMULATOR)
    message(FATAL_ERROR "The English pack is compiled by a program that must run on this machine. Build the target "
        "care_pack_host in a native build directory and configure with -DCARE_HOST_TOOL=<that directory>/care_pack_host")
else()
    set(care_host_tool care_pack_host)
endif()

# The names are relative so that they, and with them the pack's bytes, are the same on every machine.
set(care_english_c "${PROJECT_BINARY_DIR}/generated/english.c")
file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/generated")
add_custom_command(
    OUTPUT "${care_english_c}"
    COMMAND ${care_host_tool} "${care_english_c}" ${care_english_files}
    DEPENDS ${care_host_tool} ${care_english_files}
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
    COMMENT "Compiling the English pack"
    VERBATIM)

add_library(care_english OBJECT "${care_english_c}")
care_compile_options(care_english)
target_include_directories(care_english PRIVATE include src)
