/* commands.h - what main dispatches to. Each takes its own name as the first argument and gives an exit code. */
#ifndef TOOL_COMMANDS_H
#define TOOL_COMMANDS_H

int analyze_command(int count, char **arguments);
int explain_command(int count, char **arguments);
int pack_command(int count, char **arguments);

#endif
