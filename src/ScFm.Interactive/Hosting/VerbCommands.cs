using System.CommandLine;
using System.CommandLine.Parsing;
using ScFm.Interactive.Verbs;
using ScFm.Model.Cells;
using ScFm.Model.Launching;
using ScFm.Model.Models;
using ScFm.Model.Tables;
using ScFm.Torch.Extras.Distributed;

namespace ScFm.Interactive.Hosting;

/// <summary>The verbs as magic commands of a notebook and as a command line.</summary>
public static class VerbCommands
{
    private const string OpenVerb = "open"; // its result has been saved already

    /// <summary>Runs what stands behind <c>#!scfm</c> in a notebook: objects are variables, and so is the result.</summary>
    /// <exception cref="VerbException">The line is wrong or the verb failed; the variables are as they were.</exception>
    public static void RunMagic(string line, INotebookHost host)
    {
        if (VerbLine.Parse([.. CommandLineParser.SplitCommandLine(line)]) is not var (verb, parsed))
        {
            return;
        }
        object Find(VerbParameter parameter, string? name) => Variable(host, parameter, name);
        var result = Carry(() => NotebookHost.During(host, () => verb.Options.Devices(parsed) > 1 ? RankedVerb.Run(verb, parsed, host, Find) : verb.Run(parsed, Find)));
        if (result is not null)
        {
            // what may be of several kinds is held as what it is, so that a cell can use it as such
            host.SetVariable(verb.Options.Into(parsed) ?? verb.DefaultInto!, result, verb.ResultType.IsInterface ? result.GetType() : verb.ResultType);
            host.Display(MimeFormatter.Format(result));
        }
    }

    /// <summary>Runs a command line: objects are files, and so is the result.</summary>
    /// <returns>0, or 1 where the line is wrong or the verb failed, with one sentence on standard error; <see cref="LocalRanks.LostAnother"/> where another rank was lost.</returns>
    public static int RunCommandLine(string[] args)
    {
        RankSession? session = null;
        try
        {
            if (VerbLine.Parse(args) is not var (verb, parsed))
            {
                return 0;
            }
            if (verb.Options.Into(parsed) is { } named && !Verbs.Verbs.IsSaved(verb.ResultType))
            {
                throw new VerbException($"--into is '{named}', but the result of {verb.Name} is shown and written to no file; expected no --into.");
            }
            using var interruption = new Interruption(alsoWhenEnded: verb.SharesRanks);
            if (verb.Options.Devices(parsed) > 1)
            {
                Carry(() => RankedVerb.Run(verb, parsed, new TerminalHost(cancellation: interruption.Token)));
                return 0;
            }
            session = verb.SharesRanks ? Carry(() => RankSession.Join(rank => verb.Options.DeviceOf(parsed, rank)!, interruption.Token)) : null;
            Carry(() => RunOnFiles(verb, parsed, session, interruption.Token));
            return 0;
        }
        catch (VerbException e)
        {
            Console.Error.WriteLine(e.Message);
            session?.GiveUp();
            return e.InnerException is RankLostException ? LocalRanks.LostAnother : 1;
        }
    }

    /// <summary>Every verb with its options, for hosts with a parser of their own.</summary>
    public static IReadOnlyList<VerbDescription> Describe() => [.. VerbCommand.All.Select(verb => verb.Description)];

    /// <summary>The words that may stand where the line ends.</summary>
    public static IEnumerable<string> Complete(string line) => VerbLine.Complete(line);

    private static void RunOnFiles(VerbCommand verb, ParseResult parsed, RankSession? session, CancellationToken cancellation)
    {
        var host = session?.Host ?? new TerminalHost(cancellation: cancellation);
        var result = NotebookHost.During(host, () => verb.Run(parsed, (parameter, path) => FromFile(parameter, path, session), session?.Device));
        if (session is null or { IsFirst: true })
        {
            session?.SaveAddedColumns();
            SaveOrShow(verb, parsed, result, host);
        }
        session?.Leave();
    }

    private static void SaveOrShow(VerbCommand verb, ParseResult parsed, object? result, INotebookHost host)
    {
        // a model took long to make: it is written in any case
        var made = result is IModel && verb.Name != OpenVerb ? verb.DefaultInto : null;
        if (result is AnnData or IModel or Table && (verb.Options.Into(parsed) ?? made) is { } path)
        {
            Verbs.Verbs.Save(path, result);
            if (!host.IsNotebook) // there it goes on to a variable
            {
                Console.WriteLine($"Written to {path}.");
            }
        }
        else if (result is not null)
        {
            host.Display(MimeFormatter.Format(result));
        }
    }

    private static void Carry(Action run) => Carry<object?>(() =>
    {
        run();
        return null;
    });

    private static T Carry<T>(Func<T> run)
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

    private static object FromFile(VerbParameter parameter, string? path, RankSession? session)
    {
        if (path is null)
        {
            throw new VerbException($"{parameter.Symbol.Name} is missing; expected {Expected(parameter.Type)}.");
        }
        var isVariable = session is { IsOfNotebook: true };
        var value = parameter.StaysInFile ? new CellFile(path, isVariable) : ObjectFiles.Read(parameter.Type, path, isVariable);
        session?.Watch(path, value);
        return parameter.Type.IsInstanceOfType(value)
            ? value
            : throw new VerbException($"'{path}' holds a {value.GetType().Name}; {parameter.Symbol.Name} expects {parameter.Type.Name}.");
    }

    private static string Expected(Type type) => type.IsAssignableTo(typeof(IModel)) ? "a folder or file that a model was saved to"
        : type == typeof(Table) ? "a CSV or TSV file with a header"
        : type == typeof(ICellSource) ? "a file of cells or a corpus"
        : "a file of cells";

    private static string DefaultName(VerbParameter parameter) => parameter.Type == typeof(object) ? "cells" : parameter.Name;
}
