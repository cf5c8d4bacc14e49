using ScFm.Interactive.Hosting;
using ScFm.Model.Tasks;

namespace ScFm.Interactive.Display;

/// <summary>A progress line of a study: results done, and what is worked on.</summary>
/// <param name="what">What is studied.</param>
/// <param name="host">Where to show it.</param>
internal sealed class StudyProgress(string what, INotebookHost host) : IProgress<StudyStep>, IDisposable
{
    private ProgressLine? line;

    /// <inheritdoc/>
    public void Report(StudyStep value)
    {
        line ??= new ProgressLine(what, value.Total, "results", host);
        if (value.Done == value.Total)
        {
            line.Complete("finished");
        }
        else
        {
            line.Report(value.Done, note: value.Next);
        }
    }

    /// <summary>Says that the study stopped before its end, unless it was complete.</summary>
    public void Dispose() => line?.Dispose();
}
