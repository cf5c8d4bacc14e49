using System.CommandLine;
using System.Globalization;
using ScFm.Model.Devices;
using ScFm.Model.Launching;
using ScFm.Model.Training;
using static TorchSharp.torch;

namespace ScFm.Interactive.Verbs;

/// <summary>What is said of verbs alike: where, by how many and within which memory they compute, and where the result goes. A verb has those of the options that it asks for.</summary>
internal sealed class VerbOptions
{
    private const int MostDevices = 1024; // more than any machine has
    private const string BatchParameter = "batchSize";

    private readonly Option<string>? device;
    private readonly Option<string>? devices;
    private readonly Option<string>? memory;
    private readonly Option<string>? into;
    private readonly VerbParameter? batch;

    /// <summary>Makes the options of a verb.</summary>
    /// <param name="about">Which of them it has.</param>
    /// <param name="parameters">Its own.</param>
    public VerbOptions(VerbAttribute about, VerbParameter[] parameters)
    {
        batch = Array.Find(parameters, parameter => parameter.Name == BatchParameter);
        if (about.OnDevice)
        {
            device = new Option<string>("--device") { Description = "where it is computed: cpu, cuda, cuda:1 (the second card) or best (default: where the model is, a new one on cpu)", HelpName = "cpu|cuda|best" };
            device.CompletionSources.Add("cpu", "cuda", ComputeDevice.BestName);
        }
        if (about.SharesRanks)
        {
            devices = new Option<string>("--devices") { Description = "GPUs of this machine that share the work, or parts of its cores where it has none (default: 1)", HelpName = "number" };
        }
        if (about.Trains)
        {
            memory = new Option<string>("--memory") { Description = $"memory that training may take, such as 8GiB: a step takes {(batch is null ? "" : $"as many cells as fit, or where {batch.Symbol.Name} is named ")}as many passes as are needed (default: not limited)", HelpName = "size" };
        }
        if (about.Into is not null)
        {
            into = new Option<string>("--into") { Description = $"variable (in a notebook) or file (on a command line) for the result (default: {about.Into})", HelpName = "name" };
        }
    }

    /// <summary>The options that there are.</summary>
    public IEnumerable<Option<string>> All => new[] { device, devices, memory, into }.OfType<Option<string>>();

    /// <summary>The same for hosts with a parser of their own.</summary>
    public IEnumerable<OptionDescription> Descriptions =>
        All.Select(option => new OptionDescription(option.Name, option.Description!, option == devices ? typeof(int) : typeof(string), Required: false, Positional: false, []));

    /// <summary>The name after --into, or null.</summary>
    public string? Into(ParseResult parsed) => Text(parsed, into);

    /// <summary>The name after --device, or null.</summary>
    public string? DeviceName(ParseResult parsed) => Text(parsed, device);

    /// <summary>The device that the line names, or null.</summary>
    /// <param name="parsed">The parsed line.</param>
    /// <param name="rank">Which of several ranks of the work this process is: it takes its own card, without a name, too, where there are cards. Default: the only one.</param>
    /// <exception cref="ArgumentException">It is none, or absent.</exception>
    public Device? DeviceOf(ParseResult parsed, RankEnvironment? rank = null) =>
        (DeviceName(parsed) ?? (rank is null ? null : ComputeDevice.BestName)) is { } text ? ComputeDevice.Parse(text, rank) : null;

    /// <summary>The number after --devices, 1 where there is none.</summary>
    /// <exception cref="VerbException">It is no number of devices.</exception>
    public int Devices(ParseResult parsed)
    {
        if (Text(parsed, devices) is not { } text)
        {
            return 1;
        }
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MostDevices
            ? count
            : throw new VerbException($"{devices!.Name} is '{text}'; expected a whole number from 1 to {MostDevices}.");
    }

    /// <summary>The memory after --memory, or null. A step takes as many cells as fit where the verb has a batch size and the line does not name it.</summary>
    /// <exception cref="ArgumentException">It is no amount of memory.</exception>
    public MemoryBudget? Budget(ParseResult parsed) =>
        Text(parsed, memory) is { } text ? new MemoryBudget(ByteSize.Parse(text), FillsMemory: batch is not null && batch.Text(parsed) is null) : null;

    /// <summary>What the line says, as words for one rank of it: without --devices.</summary>
    /// <param name="parsed">The parsed line.</param>
    /// <param name="result">The file for the result; null: none is named.</param>
    public IEnumerable<string> Words(ParseResult parsed, string? result) =>
        new[] { (device, DeviceName(parsed)), (memory, Text(parsed, memory)), (into, result) }
            .SelectMany(option => option is ({ } named, { } text) ? new[] { named.Name, text } : []);

    private static string? Text(ParseResult parsed, Option<string>? option) => option is null ? null : parsed.GetValue(option);
}
