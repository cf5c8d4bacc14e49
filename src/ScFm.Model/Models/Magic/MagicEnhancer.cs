using ScFm.Model.Cells;
using ScFm.Model.Graphs;

namespace ScFm.Model.Models.Magic;

/// <summary>MAGIC: recovers a cell's expression by letting that of similar cells diffuse into it.</summary>
/// <remarks>Source: van Dijk et al., Cell 174 (2018). A gene that no cell expresses stays at zero.</remarks>
/// <example>
/// <code>
/// var recovered = new MagicEnhancer(new() { Steps = 5 }).Enhance(cells);
/// </code>
/// </example>
public sealed class MagicEnhancer : IEnhancer
{
    private readonly MagicOptions options;

    /// <summary>Makes the method.</summary>
    /// <param name="options">How. Default: see there.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public MagicEnhancer(MagicOptions? options = null)
    {
        this.options = Options.Validate(options ?? new());
        if (this.options.KernelNeighbours < this.options.BandwidthNeighbour)
        {
            throw new ArgumentException($"KernelNeighbours is {this.options.KernelNeighbours}; expected at least {this.options.BandwidthNeighbour}, the neighbour that gives the bandwidth.");
        }
    }

    /// <inheritdoc/>
    public string Name => "MAGIC";

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The values are not raw counts, a cell is empty, or there are not more cells than <see cref="MagicOptions.BandwidthNeighbour"/>.</exception>
    public DenseMatrix Enhance(AnnData cells, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        EnhancerInput.Require(Name, cells, options.BandwidthNeighbour + 1);
        var transformed = MagicScale.From(cells.X, options.Transform);
        var scores = Pca.Fit(transformed, new() { Components = options.Components, Seed = options.Seed }, cancellation).Scores;
        var neighbours = Neighbours.Find(scores, new() { Count = options.KernelNeighbours + 1, Seed = options.Seed }, cancellation);
        var diffusion = DiffusionOperator.From(neighbours, options.BandwidthNeighbour, options.Decay);
        var steps = options.Steps ?? DiffusionTime.Choose(diffusion, scores, options.Disparity, options.MostSteps, cancellation);
        var expression = diffusion.Apply(
            transformed.ToDense(), steps, done => progress?.Report((int)((long)cells.CellCount * done / (steps + 1))), cancellation);
        MagicScale.Back(expression, options.Transform);
        progress?.Report(cells.CellCount);
        return expression;
    }
}
