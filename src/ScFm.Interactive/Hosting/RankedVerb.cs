using System.CommandLine;
using ScFm.Interactive.Verbs;
using ScFm.Model.Cells;
using ScFm.Model.Devices;
using ScFm.Model.Launching;
using static TorchSharp.torch;

namespace ScFm.Interactive.Hosting;

/// <summary>Carries a verb out in several processes of this machine, which share the work; what rank 0 shows is shown here.</summary>
internal static class RankedVerb
{
    /// <summary>Tells rank 0 what kind of host shows what it shows: <see cref="Notebook"/> or another.</summary>
    public const string RelayVariable = "SCFM_RELAY";

    /// <summary>The kind of a notebook.</summary>
    public const string Notebook = "notebook";

    private const string Terminal = "terminal";

    /// <summary>A command line's verb: objects are files already, and so is the result.</summary>
    public static void Run(VerbCommand verb, ParseResult parsed, INotebookHost host) =>
        Launch(verb, parsed, verb.Words(parsed, parameter => parameter.Text(parsed), verb.Options.Into(parsed)), host);

    /// <summary>A notebook's verb: objects go to the ranks in files, and so the result comes back; columns that cells in memory get come back, too.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="parsed">Its line.</param>
    /// <param name="host">The notebook.</param>
    /// <param name="find">Gives the value of a variable.</param>
    /// <returns>The result; null where it went to a file that the line names.</returns>
    public static object? Run(VerbCommand verb, ParseResult parsed, INotebookHost host, Func<VerbParameter, string?, object> find)
    {
        var folder = Directory.CreateTempSubdirectory("scfm-ranks-").FullName;
        try
        {
            var given = new List<(AnnData Cells, string File)>();
            string? FileOf(VerbParameter parameter)
            {
                if (parameter.Value(parsed, find) is not { } value)
                {
                    return null;
                }
                var file = ObjectFiles.Write(value, Path.Combine(folder, parameter.Name), host.Cancellation);
                if (value is AnnData cells)
                {
                    given.Add((cells, file));
                }
                return file;
            }
            var result = Path.Combine(folder, $"result{ObjectFiles.Ending(verb.ResultType)}");
            Launch(verb, parsed, verb.Words(parsed, FileOf, verb.Output(parsed) is null ? result : verb.Options.Into(parsed)), host);
            given.ForEach(one => AddedColumns.Take(one.File, one.Cells));
            return Path.Exists(result) ? ObjectFiles.Read(verb.ResultType, result, isVariable: true) : null;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Refuses more ranks than there are cards to compute on.</summary>
    /// <param name="devices">Number of ranks.</param>
    /// <param name="name">The device that the line names; null: ranks take cards where there are any.</param>
    /// <param name="cards">Number of cards; null where there is no CUDA.</param>
    /// <exception cref="VerbException">There are fewer cards.</exception>
    internal static void RequireCards(int devices, string? name, int? cards)
    {
        if (name != ComputeDevice.ProcessorName && devices > cards)
        {
            throw new VerbException($"--devices is {devices} and this machine has {cards} CUDA devices; expected at most {cards}, or --device {ComputeDevice.ProcessorName}.");
        }
    }

    private static void Launch(VerbCommand verb, ParseResult parsed, IReadOnlyList<string> words, INotebookHost host)
    {
        var devices = verb.Options.Devices(parsed);
        if (RankEnvironment.Read() is { WorldSize: > 1 } already)
        {
            throw new VerbException($"--devices is {devices} and {already.Launcher} has started this as rank {already.Rank} of {already.WorldSize}; expected one of them to start ranks.");
        }
        RequireCards(devices, verb.Options.DeviceName(parsed), cuda.is_available() ? cuda.device_count() : null);
        var shown = new RelayedDisplays(host);
        try
        {
            LocalRanks.Run(ScfmProgram.With(words), devices, shown.Take, new Dictionary<string, string> { [RelayVariable] = host.IsNotebook ? Notebook : Terminal }, host.Cancellation);
        }
        catch (LaunchException failure) when (verb.Text(parsed, "checkpoint") is { } checkpoint && File.Exists(checkpoint))
        {
            throw new VerbException($"{failure.Message} The same command goes on from '{checkpoint}'.", failure);
        }
    }
}
