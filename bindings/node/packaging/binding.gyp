# Builds the addon from the package's own files, with the machine's utf8proc and libstemmer: no SWIG, no download.
{
  "targets": [
    {
      "target_name": "care",
      "sources": ["generated/care_wrap.cpp", "<!@(node dependencies.js sources)"],
      "include_dirs": ["core/include", "core/src", "swig", "native", "<!@(node dependencies.js include)"],
      "defines": ["CARE_STATIC", "CARE_BUILDING", "NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS"],
      "libraries": ["<!@(node dependencies.js libraries)"],
      "actions": [
        {
          "action_name": "english",
          "message": "The English pack as C",
          "inputs": ["generated/english.pack", "english.js"],
          "outputs": ["<(INTERMEDIATE_DIR)/english.c"],
          "action": ["node", "english.js", "generated/english.pack", "<@(_outputs)"],
          "process_outputs_as_sources": 1
        }
      ],
      "cflags_c": ["-std=c11"],
      "cflags_cc": ["-std=c++17", "-fexceptions", "-Wno-unused-function", "-Wno-unused-label", "-Wno-missing-field-initializers"],
      "cflags_cc!": ["-fno-exceptions"],
      "xcode_settings": {
        "GCC_ENABLE_CPP_EXCEPTIONS": "YES",
        "CLANG_CXX_LANGUAGE_STANDARD": "c++17",
        "GCC_C_LANGUAGE_STANDARD": "c11"
      },
      "msvs_settings": { "VCCLCompilerTool": { "ExceptionHandling": 1, "AdditionalOptions": ["/std:c++17"] } },
      "conditions": [
        ["OS=='linux'", { "cflags_cc": ["-fno-plt"], "ldflags": ["-Wl,--version-script=<(module_root_dir)/native/exports.map"] }]
      ]
    }
  ]
}
