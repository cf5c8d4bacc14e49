using System.Globalization;
using ScFm.Model.Cells;
using ScFm.Model.Launching;
using ScFm.Model.Training;
using static TorchSharp.torch;

namespace ScFm.Interactive.Hosting;

/// <summary>A command line that is one rank of several: its group, and the host of its verb. Only the first rank shows and writes.</summary>
internal sealed class RankSession
{
    private const string TimeoutVariable = "SCFM_RANKS_TIMEOUT";
    private const int MostSeconds = 86_400;
    private static readonly TimeSpan usualTimeout = TimeSpan.FromMinutes(30); // the others wait while the first validates and writes

    private readonly TrainingRanks ranks;
    private readonly List<AddedColumns> added = [];

    private RankSession(TrainingRanks ranks, Device device, CancellationToken cancellation)
    {
        (this.ranks, Device) = (ranks, device);
        var relay = Environment.GetEnvironmentVariable(RankedVerb.RelayVariable);
        IsOfNotebook = relay == RankedVerb.Notebook;
        Host = !IsFirst ? new TerminalHost(TextWriter.Null, cancellation: cancellation, ranks: ranks)
            : string.IsNullOrEmpty(relay) ? new TerminalHost(cancellation: cancellation, ranks: ranks)
            : new RelayHost(Console.Out, IsOfNotebook, cancellation, ranks);
        if (!IsFirst)
        {
            Console.SetOut(TextWriter.Null);
        }
        else if (ranks.Note is { } note)
        {
            Console.WriteLine(note);
        }
    }

    /// <summary>The verb's host.</summary>
    public INotebookHost Host { get; }

    /// <summary>True for every rank that a notebook started: its files are the notebook's variables.</summary>
    public bool IsOfNotebook { get; }

    /// <summary>Where this rank computes.</summary>
    public Device Device { get; }

    /// <summary>True for the rank that shows and writes.</summary>
    public bool IsFirst => ranks.IsFirst;

    /// <summary>Joins the ranks that a launcher started; null where this process is alone.</summary>
    /// <param name="device">Gives a rank's device.</param>
    /// <param name="cancellation">Fires when the user interrupts.</param>
    public static RankSession? Join(Func<RankEnvironment, Device> device, CancellationToken cancellation)
    {
        if (RankEnvironment.Read() is not { WorldSize: > 1 } environment)
        {
            return null;
        }
        var own = device(environment);
        return new RankSession(TrainingRanks.Join(environment, own, Timeout()), own, cancellation);
    }

    /// <summary>Watches cells of a file for columns that the verb gives them.</summary>
    public void Watch(string path, object value)
    {
        if (IsFirst && Host.IsNotebook && value is AnnData cells)
        {
            added.Add(new AddedColumns(cells, path));
        }
    }

    /// <summary>Writes those columns beside the cells' file, for the notebook that started this.</summary>
    public void SaveAddedColumns() => added.ForEach(one => one.Save());

    /// <summary>Leaves the group where all is done.</summary>
    public void Leave() => ranks.Dispose();

    /// <summary>Tells the others that this rank's verb has failed. Called after its own error is written, so that theirs follow it; the group is left when the process ends.</summary>
    public void GiveUp() => ranks.GiveUp();

    private static TimeSpan Timeout()
    {
        if (Environment.GetEnvironmentVariable(TimeoutVariable) is not { Length: > 0 } text)
        {
            return usualTimeout;
        }
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= MostSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new ArgumentException(FormattableString.Invariant($"{TimeoutVariable} is '{text}'; expected a whole number of seconds from 1 to {MostSeconds}."));
    }
}
