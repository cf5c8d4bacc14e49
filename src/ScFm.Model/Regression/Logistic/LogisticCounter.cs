namespace ScFm.Model.Regression.Logistic;

/// <summary>Counts solved problems for several threads and tells of them in order.</summary>
internal sealed class LogisticCounter(IProgress<LogisticProgress>? progress)
{
    private readonly Lock gate = new();
    private int done;
    private int total;

    /// <summary>Says that so many problems more are to be solved.</summary>
    internal void Add(int problems) => total += problems;

    /// <summary>Says that one is solved.</summary>
    internal void Solved(double c, double objective)
    {
        lock (gate)
        {
            progress?.Report(new LogisticProgress(++done, total, c, objective));
        }
    }
}
