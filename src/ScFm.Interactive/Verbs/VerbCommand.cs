using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Runtime.ExceptionServices;
using ScFm.Model.Devices;
using ScFm.Model.Launching;
using ScFm.Model.Models;
using static TorchSharp.torch;

namespace ScFm.Interactive.Verbs;

/// <summary>One verb as a command: made from the method that defines it.</summary>
internal sealed class VerbCommand
{
    private const int MostDevices = 1024; // more than any machine has
    private readonly MethodInfo method;
    private readonly VerbAttribute about;
    private readonly VerbParameter[] parameters;
    private readonly Option<string>? into;
    private readonly Option<string>? device;
    private readonly Option<string>? devices;

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
            device.CompletionSources.Add("cpu", "cuda", ComputeDevice.BestName);
            Command.Add(device);
        }
        if (about.SharesRanks)
        {
            devices = new Option<string>("--devices") { Description = "GPUs of this machine that share the work, or parts of its cores where it has none (default: 1)", HelpName = "number" };
            Command.Add(devices);
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
        .. Additional(device, typeof(string)),
        .. Additional(devices, typeof(int)),
        .. Additional(into, typeof(string)),
    ]);

    /// <summary>The variable that the result goes to where none is named; null where there is no result.</summary>
    public string? DefaultInto => about.Into;

    /// <summary>The type of the result.</summary>
    public Type ResultType => method.ReturnType;

    /// <summary>True where ranks may share the work.</summary>
    public bool SharesRanks => about.SharesRanks;

    /// <summary>The name after --into, or null.</summary>
    public string? Into(ParseResult parsed) => into is null ? null : parsed.GetValue(into);

    /// <summary>The device that the line names, or null.</summary>
    /// <param name="parsed">The parsed line.</param>
    /// <param name="rank">Which of several ranks of the work this process is: it takes its own card, without a name, too, where there are cards. Default: the only one.</param>
    /// <exception cref="ArgumentException">It is none, or absent.</exception>
    public Device? DeviceOf(ParseResult parsed, RankEnvironment? rank = null) =>
        (DeviceName(parsed) ?? (rank is null ? null : ComputeDevice.BestName)) is { } text ? ComputeDevice.Parse(text, rank) : null;

    /// <summary>The name after --device, or null.</summary>
    public string? DeviceName(ParseResult parsed) => device is null ? null : parsed.GetValue(device);

    /// <summary>What the line says of a parameter; null where it says nothing or the verb has no such.</summary>
    /// <param name="parsed">The parsed line.</param>
    /// <param name="parameter">The parameter's name in code.</param>
    public string? Text(ParseResult parsed, string parameter) => Array.Find(parameters, one => one.Name == parameter)?.Text(parsed);

    /// <summary>The file after --output, which the verb writes itself; null where there is none.</summary>
    public string? Output(ParseResult parsed) => Text(parsed, "output");

    /// <summary>The number after --devices, 1 where there is none.</summary>
    /// <exception cref="VerbException">It is no number of devices.</exception>
    public int Devices(ParseResult parsed)
    {
        if (devices is null || parsed.GetValue(devices) is not { } text)
        {
            return 1;
        }
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MostDevices
            ? count
            : throw new VerbException($"{devices.Name} is '{text}'; expected a whole number from 1 to {MostDevices}.");
    }

    /// <summary>The same command as words, without --devices, which is what one rank of it is told.</summary>
    /// <param name="parsed">The parsed line.</param>
    /// <param name="file">The file that stands for cells or a model; null where the line names none and need not.</param>
    /// <param name="result">The file for the result; null: none is named.</param>
    public IReadOnlyList<string> Words(ParseResult parsed, Func<VerbParameter, string?> file, string? result) =>
    [
        .. about.Name.Split(' '),
        .. parameters.SelectMany(parameter => parameter.Words(parsed, file)),
        .. device is not null && DeviceName(parsed) is { } place ? [device.Name, place] : Array.Empty<string>(),
        .. into is not null && result is not null ? [into.Name, result] : Array.Empty<string>(),
    ];

    /// <summary>Carries the verb out.</summary>
    /// <param name="parsed">The parsed line.</param>
    /// <param name="find">Gives the cells or the model of a name.</param>
    /// <param name="place">Where networks compute. Default: where the line says.</param>
    public object? Run(ParseResult parsed, Func<VerbParameter, string?, object> find, Device? place = null)
    {
        if (Into(parsed) is { } result && Output(parsed) is { } output)
        {
            throw new VerbException($"--into is '{result}' and --output is '{output}'; expected one of the two: what goes to a file as it is made is nowhere else.");
        }
        using var named = (place ?? DeviceOf(parsed)) is { } there ? ComputeDevice.Use(there) : null; // before files are opened
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

    private static IEnumerable<OptionDescription> Additional(Option? option, Type type) =>
        option is null ? [] : [new OptionDescription(option.Name, option.Description!, type, Required: false, Positional: false, [])];

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
