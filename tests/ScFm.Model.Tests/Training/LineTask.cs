using ScFm.Model.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Training;

/// <summary>Fits a line through points: a task whose gradients can be written down.</summary>
internal sealed class LineTask : ITrainingTask
{
    private readonly Linear line;
    private readonly float[] xs;
    private readonly Func<int, double>? validation;
    private int validations;
    private int losses;

    /// <summary>Makes the task; the line starts as y = 0.</summary>
    /// <param name="points">Number of points on y = 3 x + 1.</param>
    /// <param name="validation">The held-out loss of each validation, from 0. Default: the real one.</param>
    public LineTask(int points, Func<int, double>? validation = null)
    {
        line = nn.Linear(1, 1);
        using var _ = no_grad();
        line.weight!.zero_();
        line.bias!.zero_();
        xs = [.. Enumerable.Range(0, points).Select(i => (float)i / points)];
        EpochLength = points;
        this.validation = validation;
    }

    /// <summary>The loss, counted from 1, for which libtorch finds no memory. Default: none.</summary>
    public int OutOfMemoryAt { get; init; }

    /// <summary>The most cells of a loss that libtorch finds memory for. Default: any number.</summary>
    public int MostCells { get; init; } = int.MaxValue;

    public int EpochLength { get; init; }

    public int FewestCells { get; init; } = 1;

    public bool HeldOutMayOverflow { get; init; }

    public int StepsToSettle { get; init; }

    public nn.Module Module => line;

    public IEnumerable<nn.Module> Beside { get; init; } = [];

    public string Identity => $"{xs.Length} points";

    public ReadOnlySpan<int> Lengths => new int[xs.Length];

    public (float Slope, float Intercept) Line => (line.weight!.item<float>(), line.bias!.item<float>());

    /// <summary>The line at each validation.</summary>
    public List<(float Slope, float Intercept)> Validated { get; } = [];

    public BatchLoss Loss(ReadOnlySpan<int> cells, int epoch)
    {
        if (++losses == OutOfMemoryAt || cells.Length > MostCells)
        {
            empty(1L << 60).Dispose();
        }
        var x = tensor(cells.ToArray().Select(i => xs[i]).ToArray(), new long[] { cells.Length, 1 });
        return new((line.call(x) - (3 * x + 1)).square().mean(), cells.Length, 6.0 * cells.Length);
    }

    public double Validate(CancellationToken cancellation)
    {
        Validated.Add(Line);
        return validation?.Invoke(validations++) ?? Loss([.. Enumerable.Range(0, xs.Length)], 0).Loss.item<float>();
    }
}
