using System.CommandLine;
using System.Reflection;
using System.Runtime.ExceptionServices;
using ScFm.Model.Devices;
using ScFm.Model.Models;
using ScFm.Model.Training;
using static TorchSharp.torch;

namespace ScFm.Interactive.Verbs;

/// <summary>One verb as a command: made from the method that defines it.</summary>
internal sealed class VerbCommand
{
    private readonly MethodInfo method;
    private readonly VerbAttribute about;
    private readonly VerbParameter[] parameters;

    private VerbCommand(MethodInfo method, VerbAttribute about)
    {
        (this.method, this.about) = (method, about);
        parameters = [.. method.GetParameters().Select(p => new VerbParameter(p))];
        Options = new VerbOptions(about, parameters);
        Command = new Command(about.Name.Split(' ')[^1], about.Help);
        foreach (var symbol in parameters.Select(p => p.Symbol).Concat(Options.All))
        {
            Add(symbol);
        }
    }

    /// <summary>Every verb, in the order of the story: load, pretrain, ...</summary>
    public static IReadOnlyList<VerbCommand> All { get; } = Nested(
    [
        .. typeof(Verbs).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(method => (method, about: method.GetCustomAttribute<VerbAttribute>()))
            .Where(verb => verb.about is not null)
            .OrderBy(verb => verb.method.MetadataToken)
            .Select(verb => new VerbCommand(verb.method, verb.about!)),
    ]);

    /// <summary>The parser's command, named by the last word of the verb.</summary>
    public Command Command { get; }

    /// <summary>The options that it has like other verbs.</summary>
    public VerbOptions Options { get; }

    /// <summary>The verb, as it is typed.</summary>
    public string Name => about.Name;

    /// <summary>The word before the verb's last one, which it shares with others (corpus build, corpus info); null where the verb is one word.</summary>
    public string? Family => about.Name.Split(' ') is [var family, _] ? family : null;

    /// <summary>The same for hosts with a parser of their own.</summary>
    public VerbDescription Description => new(about.Name, about.Help, ResultType,
    [
        .. parameters.Select(p => p.Description),
        .. Options.Descriptions,
    ]);

    /// <summary>The variable that the result goes to where none is named; null where there is no result.</summary>
    public string? DefaultInto => about.Into;

    /// <summary>The type of the result.</summary>
    public Type ResultType => method.ReturnType;

    /// <summary>True where ranks may share the work.</summary>
    public bool SharesRanks => about.SharesRanks;

    /// <summary>What the line says of a parameter; null where it says nothing or the verb has no such.</summary>
    /// <param name="parsed">The parsed line.</param>
    /// <param name="parameter">The parameter's name in code.</param>
    public string? Text(ParseResult parsed, string parameter) => Array.Find(parameters, one => one.Name == parameter)?.Text(parsed);

    /// <summary>The file after --output, which the verb writes itself; null where there is none.</summary>
    public string? Output(ParseResult parsed) => Text(parsed, "output");

    /// <summary>The same command as words, without --devices, which is what one rank of it is told.</summary>
    /// <param name="parsed">The parsed line.</param>
    /// <param name="file">The file that stands for cells or a model; null where the line names none and need not.</param>
    /// <param name="result">The file for the result; null: none is named.</param>
    public IReadOnlyList<string> Words(ParseResult parsed, Func<VerbParameter, string?> file, string? result) =>
    [
        .. about.Name.Split(' '),
        .. parameters.SelectMany(parameter => parameter.Words(parsed, file)),
        .. Options.Words(parsed, result),
    ];

    /// <summary>Carries the verb out.</summary>
    /// <param name="parsed">The parsed line.</param>
    /// <param name="find">Gives the cells or the model of a name.</param>
    /// <param name="device">Where networks compute. Default: where the line says.</param>
    public object? Run(ParseResult parsed, Func<VerbParameter, string?, object> find, Device? device = null)
    {
        if (Options.Into(parsed) is { } result && Output(parsed) is { } output)
        {
            throw new VerbException($"--into is '{result}' and --output is '{output}'; expected one of the two: what goes to a file as it is made is nowhere else.");
        }
        using var budget = MemoryBudget.Use(Options.Budget(parsed));
        device ??= Options.DeviceOf(parsed);
        using var named = device is null ? null : ComputeDevice.Use(device); // before files are opened
        var values = parameters.Select(p => p.Value(parsed, find)).ToArray();
        if (named is not null)
        {
            Move(values);
        }
        using var followed = named is null ? Follow(values) : null;
        try
        {
            return method.Invoke(null, values);
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    /// <summary>Moves the models of variables to where the line says.</summary>
    private static void Move(object?[] values)
    {
        foreach (var model in values.OfType<IModel>())
        {
            model.MoveTo(ComputeDevice.Current);
        }
    }

    /// <summary>Where the line names no device, what is made of a model computes where it does.</summary>
    private static IDisposable? Follow(object?[] values) =>
        values.OfType<IModel>().Select(model => model.DeviceOf()).FirstOrDefault(device => device is not null) is { } device ? ComputeDevice.Use(device) : null;

    /// <summary>Puts verbs of two words under the verb of their first one, where there is such a verb: annotate train under annotate.</summary>
    private static VerbCommand[] Nested(VerbCommand[] verbs)
    {
        foreach (var verb in verbs)
        {
            if (Array.Find(verbs, other => other.Name == verb.Family) is { Command: var first })
            {
                first.Add(verb.Command);
                first.Description += " " + verb.Command.Description;
                first.SetAction(_ => 0); // without one the parser asks for a command of the next word
            }
        }
        return verbs;
    }

    private void Add(Symbol symbol)
    {
        if (symbol is Option option)
        {
            Command.Add(option);
        }
        else
        {
            Command.Add((Argument)symbol);
        }
    }
}
