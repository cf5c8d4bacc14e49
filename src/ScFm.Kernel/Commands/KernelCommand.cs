using System.CommandLine;
using ScFm.Kernel.Protocol;
using ScFm.Kernel.Session;

namespace ScFm.Kernel.Commands;

/// <summary><c>scfm kernel install|uninstall|start</c>.</summary>
internal static class KernelCommand
{
    internal static Command Create() => new("kernel", "The Jupyter kernel.") { Install(), Uninstall(), Start() };

    private static Command Install()
    {
        var prefix = Prefix();
        var name = Name();
        var user = User();
        var command = new Command("install", "Makes the kernel known to Jupyter.") { prefix, name, user };
        command.SetAction(result =>
        {
            Console.WriteLine($"Installed the kernel in {KernelSpec.Install(result.GetValue(prefix), result.GetRequiredValue(name))}");
            return 0;
        });
        return command;
    }

    private static Command Uninstall()
    {
        var prefix = Prefix();
        var name = Name();
        var user = User();
        var command = new Command("uninstall", "Removes the kernel from Jupyter.") { prefix, name, user };
        command.SetAction(result =>
        {
            var folder = KernelSpec.Folder(result.GetValue(prefix), result.GetRequiredValue(name));
            if (!File.Exists(Path.Combine(folder, "kernel.json")))
            {
                Console.Error.WriteLine($"There is no kernel in {folder}.");
                return 1;
            }

            Directory.Delete(folder, recursive: true);
            Console.WriteLine($"Removed the kernel from {folder}");
            return 0;
        });
        return command;
    }

    private static Command Start()
    {
        var file = new Option<string>("--connection-file") { Description = "The file that Jupyter writes for the kernel.", Required = true };
        var command = new Command("start", "Runs the kernel; Jupyter calls this.") { file };
        command.SetAction(result =>
        {
            try
            {
                KernelServer.Run(ConnectionFile.Read(result.GetRequiredValue(file)));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                KernelLog.Write(error.Message);
                Environment.Exit(1);
            }

            // A thread that a cell left behind must not keep the process alive.
            Environment.Exit(0);
        });
        return command;
    }

    private static Option<bool> User() => new("--user") { Description = "Into the user's own folder; the default." };

    private static Option<string?> Prefix() => new("--prefix") { Description = "Into an installation, such as a Python environment." };

    private static Option<string> Name()
    {
        var option = new Option<string>("--name") { Description = "Name of the kernel.", DefaultValueFactory = _ => "scfm" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } name && (name.Length == 0 || name.Any(c => !(char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')) || name is "." or ".."))
            {
                result.AddError($"'{name}' cannot be the name of a kernel: letters, digits, '-', '_' and '.' were expected.");
            }
        });
        return option;
    }
}
