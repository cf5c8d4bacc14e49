using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using ScFm.Interactive.Verbs;
using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;

namespace ScFm.Interactive.Hosting;

/// <summary>The verbs as magic commands of a notebook and as a command line.</summary>
public static class VerbCommands
{
    /// <summary>Runs what stands behind <c>#!scfm</c> in a notebook: objects are variables, and so is the result.</summary>
    /// <exception cref="VerbException">The line is wrong or the verb failed; the variables are as they were.</exception>
    public static void RunMagic(string line, INotebookHost host)
    {
        if (Prepare([.. CommandLineParser.SplitCommandLine(line)]) is not var (verb, parsed))
        {
            return;
        }
        var result = Carry(() => NotebookHost.During(host, () => verb.Run(parsed, (parameter, name) => Variable(host, parameter, name))));
        if (result is not null)
        {
            host.SetVariable(verb.Into(parsed) ?? verb.DefaultInto!, result, verb.ResultType);
            host.Display(MimeFormatter.Format(result));
        }
    }

    /// <summary>Runs a command line: objects are files, and so is the result.</summary>
    /// <returns>0, or 1 where the line is wrong or the verb failed, with one sentence on standard error.</returns>
    public static int RunCommandLine(string[] args)
    {
        try
        {
            if (Prepare(args) is not var (verb, parsed))
            {
                return 0;
            }
            using var interruption = new CancellationTokenSource();
            using var signal = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
            {
                context.Cancel = true; // as in a notebook: the verb ends at its next step and keeps what it has
                interruption.Cancel();
            });
            var result = Carry(() => NotebookHost.During(new TerminalHost(cancellation: interruption.Token), () => verb.Run(parsed, FromFile)));
            // a model took long to make: it is written in any case
            var made = verb.Command.Name == nameof(Verbs.Verbs.Pretrain).ToLowerInvariant() ? verb.DefaultInto : null;
            if (result is AnnData or ScFoundationModel && (verb.Into(parsed) ?? made) is { } path)
            {
                Carry(() =>
                {
                    Verbs.Verbs.Save(path, result);
                    return null;
                });
                Console.WriteLine($"Written to {path}.");
            }
            else if (result is not null)
            {
                NotebookHost.Current.Display(MimeFormatter.Format(result));
            }
            return 0;
        }
        catch (VerbException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    /// <summary>Every verb with its options, for hosts with a parser of their own.</summary>
    public static IReadOnlyList<VerbDescription> Describe() => [.. VerbCommand.All.Select(verb => verb.Description)];

    /// <summary>The words that may stand where the line ends.</summary>
    public static IEnumerable<string> Complete(string line) =>
        Root().Parse(line).GetCompletions(line.Length).Select(completion => completion.Label);

    private static Command Root()
    {
        // Not a RootCommand: that takes its name from the running program, which in a notebook is the kernel.
        var root = new Command("scfm", "Single-cell foundation models: load, pretrain, enhance, embed and cluster cells.") { new HelpOption(), new VersionOption() };
        foreach (var verb in VerbCommand.All)
        {
            root.Add(verb.Command);
        }
        return root;
    }

    /// <summary>The verb and its parsed line; null where help was all that was asked.</summary>
    private static (VerbCommand Verb, ParseResult Parsed)? Prepare(string[] words)
    {
        if (words is [] or ["help", ..])
        {
            words = [.. words.Skip(1), "--help"];
        }
        var parsed = Root().Parse(words);
        var verb = VerbCommand.All.FirstOrDefault(v => v.Command == parsed.CommandResult.Command);
        if (verb is null && !words[0].StartsWith('-'))
        {
            throw NoVerb(words[0]);
        }
        if (words.Any(word => word is "--help" or "-h" or "-?" or "--version"))
        {
            parsed.Invoke(new InvocationConfiguration { Output = Console.Out, Error = Console.Error });
            return null;
        }
        if (verb is null)
        {
            throw NoVerb(words[0]);
        }
        if (parsed.Errors.Count > 0)
        {
            throw new VerbException(Mistake(verb.Command, parsed));
        }
        return (verb, parsed);
    }

    private static VerbException NoVerb(string word) =>
        new($"'{word}' is no verb; expected one of {string.Join(", ", VerbCommand.All.Select(v => v.Command.Name))} or help.");

    /// <summary>The first mistake of a line, in one sentence.</summary>
    private static string Mistake(Command verb, ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is [var unknown, ..])
        {
            var options = verb.Options.Where(option => option is not HelpOption).Select(option => option.Name);
            return $"{verb.Name} has no option '{unknown}'; expected one of {string.Join(", ", options)}.";
        }
        if (verb.Arguments.FirstOrDefault(argument => parsed.GetResult(argument) is null or { Tokens.Count: 0 }) is { } argument)
        {
            return $"{verb.Name} has no {argument.Name}; expected {argument.Description}.";
        }
        foreach (var option in parsed.CommandResult.Children.OfType<OptionResult>())
        {
            switch (option.Tokens.Count)
            {
                case 0 when option.Option is not Option<bool>:
                    return $"{option.Option.Name} has no value; expected {option.Option.Description}.";
                case > 1:
                    return $"{option.Option.Name} is given {option.Tokens.Count} times; expected once.";
            }
        }
        return $"{verb.Name}: {parsed.Errors[0].Message}";
    }

    private static object? Carry(Func<object?> run)
    {
        try
        {
            return run();
        }
        catch (Exception e) when (e is not VerbException)
        {
            throw VerbFailure.Of(e);
        }
    }

    private static object Variable(INotebookHost host, VerbParameter parameter, string? name)
    {
        var variable = name ?? DefaultName(parameter);
        if (!host.TryGetVariable(variable, out var value) || value is null)
        {
            throw new VerbException($"There is no variable '{variable}' for {parameter.Symbol.Name}; expected one of type {parameter.Type.Name}.");
        }
        return parameter.Type.IsInstanceOfType(value)
            ? value
            : throw new VerbException($"The variable '{variable}' is of type {value.GetType().Name}; {parameter.Symbol.Name} expects {parameter.Type.Name}.");
    }

    private static object FromFile(VerbParameter parameter, string? path)
    {
        if (path is null)
        {
            throw new VerbException($"{parameter.Symbol.Name} is missing; expected {(parameter.Type == typeof(ScFoundationModel) ? "a folder that a model was saved to" : "a file of cells")}.");
        }
        if (parameter.Type == typeof(ScFoundationModel))
        {
            return Verbs.Verbs.Open(path);
        }
        return parameter.Type == typeof(AnnData) || !Directory.Exists(path) || !File.Exists(Path.Combine(path, "config.json")) ? Verbs.Verbs.Load(path) : Verbs.Verbs.Open(path);
    }

    private static string DefaultName(VerbParameter parameter) => parameter.Type == typeof(object) ? "cells" : parameter.Name;
}
