using System.CommandLine;
using System.Reflection;
using System.Runtime.ExceptionServices;
using ScFm.Model.Devices;
using ScFm.Model.Models;

namespace ScFm.Interactive.Verbs;

/// <summary>One verb as a command: made from the method that defines it.</summary>
internal sealed class VerbCommand
{
    private readonly MethodInfo method;
    private readonly VerbAttribute about;
    private readonly VerbParameter[] parameters;
    private readonly Option<string>? into;
    private readonly Option<string>? device;

    private VerbCommand(MethodInfo method, VerbAttribute about)
    {
        (this.method, this.about) = (method, about);
        parameters = [.. method.GetParameters().Select(p => new VerbParameter(p))];
        Command = new Command(about.Name.Split(' ')[^1], about.Help);
        foreach (var symbol in parameters.Select(p => p.Symbol))
        {
            Add(symbol);
        }
        if (about.OnDevice)
        {
            device = new Option<string>("--device") { Description = "where it is computed: cpu, cuda, cuda:1 (the second card) or best (default: where the model is, a new one on cpu)", HelpName = "cpu|cuda|best" };
            device.CompletionSources.Add("cpu", "cuda", "best");
            Command.Add(device);
        }
        if (about.Into is not null)
        {
            into = new Option<string>("--into") { Description = $"variable (in a notebook) or file (on a command line) for the result (default: {about.Into})", HelpName = "name" };
            Command.Add(into);
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

    /// <summary>The verb, as it is typed.</summary>
    public string Name => about.Name;

    /// <summary>The word before the verb's last one, which it shares with others (corpus build, corpus info); null where the verb is one word.</summary>
    public string? Family => about.Name.Split(' ') is [var family, _] ? family : null;

    /// <summary>The same for hosts with a parser of their own.</summary>
    public VerbDescription Description => new(about.Name, about.Help, ResultType,
    [
        .. parameters.Select(p => p.Description),
        .. new[] { device, into }.OfType<Option<string>>().Select(option => new OptionDescription(option.Name, option.Description!, typeof(string), Required: false, Positional: false, [])),
    ]);

    /// <summary>The variable that the result goes to where none is named; null where there is no result.</summary>
    public string? DefaultInto => about.Into;

    /// <summary>The type of the result.</summary>
    public Type ResultType => method.ReturnType;

    /// <summary>The name after --into, or null.</summary>
    public string? Into(ParseResult parsed) => into is null ? null : parsed.GetValue(into);

    /// <summary>Carries the verb out.</summary>
    public object? Run(ParseResult parsed, Func<VerbParameter, string?, object> find)
    {
        using var named = device is not null && parsed.GetValue(device) is { } text ? ComputeDevice.Use(ComputeDevice.Parse(text)) : null; // before files are opened
        var values = parameters.Select(p => p.Value(parsed, find)).ToArray();
        using var followed = named is null ? Follow(values) : Move(values);
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
    private static IDisposable? Move(object?[] values)
    {
        foreach (var model in values.OfType<IModel>())
        {
            model.MoveTo(ComputeDevice.Current);
        }
        return null;
    }

    /// <summary>Where the line names no device, what is made of a model computes where it does.</summary>
    private static IDisposable? Follow(object?[] values) =>
        values.OfType<IModel>().Select(model => model.PlaceOf()).FirstOrDefault(place => place is not null) is { } place ? ComputeDevice.Use(place) : null;

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
