using System.CommandLine;
using ScFm.Interactive.Hosting;
using ScFm.Kernel.Commands;

// The kernel's start is parsed like the rest, but a verb's words belong to the verbs.
return args is ["kernel" or "run", ..]
    ? new RootCommand("Single-cell foundation models in notebooks.") { KernelCommand.Create(), RunCommand.Create() }.Parse(args).Invoke()
    : VerbCommands.RunCommandLine(args);
