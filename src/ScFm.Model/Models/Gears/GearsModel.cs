using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Screens;
using ScFm.Model.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.Gears;

/// <summary>A GEARS as users hold it: what is trained on a perturbation screen, saved, loaded, and asked how cells would change.</summary>
/// <remarks>
/// Source: GEARS (Roohani et al. 2023); with a foundation model as in scFoundation (Hao et al. 2024). Predictions are log1p of counts per 10,000, the control cells' expression plus a change; a predicted mean may fall a
/// little below 0.
/// </remarks>
/// <example><code>
/// var model = GearsModel.Train(screen, split.Training, split.Validation, sets: GeneSetFile.Read("go.gmt"));
/// var prediction = model.Predict(new Condition(["CEBPE", "ETS2"]), screen);
/// model.Save("gears.safetensors");
/// </code></example>
public sealed partial class GearsModel : IModel
{
    private readonly GeneGraph genes;
    private readonly GeneGraph alike;
    private readonly Dictionary<string, int> placeOf;

    private GearsModel(GearsModule module, GeneGraph genes, GeneGraph alike, GearsNames names, ScFoundationModel? foundation)
    {
        (Module, this.genes, this.alike, Names, Foundation) = (module, genes, alike, names, foundation);
        placeOf = names.Perturbations.Select((name, place) => (name, place)).ToDictionary(pair => pair.name, pair => pair.place, StringComparer.Ordinal);
    }

    /// <summary>The network.</summary>
    public GearsModule Module { get; }

    /// <inheritdoc/>
    public IReadOnlyList<nn.Module> Networks => Foundation is null ? [Module] : [Module, Foundation.Module];

    /// <summary>The foundation model that gives the genes' vectors; null where they are learnt.</summary>
    public ScFoundationModel? Foundation { get; }

    /// <summary>The genes that are predicted, in order.</summary>
    public IReadOnlyList<string> Genes => Names.Genes;

    /// <summary>All that can be asked for: the screen's targets, and its genes.</summary>
    public IReadOnlyList<string> Perturbations => Names.Perturbations;

    /// <summary>What the graphs were made of and which genes are not known, one sentence each.</summary>
    public IReadOnlyList<string> Notes => Names.Notes;

    /// <summary>How it was trained; null for a model that was loaded.</summary>
    public TrainingRun? Run { get; private init; }

    internal GearsNames Names { get; }

    /// <summary>What is expected of cells after a perturbation.</summary>
    /// <param name="condition">What is perturbed; need not have been seen.</param>
    /// <param name="screen">Where control cells are taken from; has the model's genes.</param>
    /// <param name="context">The context, as its place in the screen. Default: the first.</param>
    /// <param name="cells">Control cells to start from at most, drawn by the seed. Default: 100.</param>
    /// <param name="seed">Seed of the draw. Default: 0.</param>
    /// <returns>The context's mean and the drawn cells, each with its change; as uncertainty the mean logarithm of the predicted variance, where the model has one.</returns>
    /// <exception cref="ArgumentException">The model knows no such perturbation, or the screen has other genes, no such context, or no control cells there.</exception>
    public PerturbationPrediction Predict(Condition condition, PerturbationScreen screen, int context = 0, int cells = 100, int seed = 0)
    {
        RequireGenes(screen);
        return Predict(TargetsOf(condition), new GearsCells(screen, Module, Foundation), context, cells, seed);
    }

    /// <summary>The same of several groups of a screen, whose own cells are not looked at.</summary>
    /// <param name="screen">The screen; has the model's genes.</param>
    /// <param name="groups">Which conditions in which contexts.</param>
    /// <param name="cells">Control cells to start from at most. Default: 100.</param>
    /// <param name="seed">Seed of the draw. Default: 0.</param>
    /// <param name="cancellation">Stops between two groups.</param>
    /// <exception cref="ArgumentException">The model does not know a perturbation, or the screen has other genes.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IReadOnlyList<PerturbationPrediction> Predict(PerturbationScreen screen, IReadOnlyList<PerturbedGroup> groups, int cells = 100, int seed = 0, CancellationToken cancellation = default)
    {
        RequireGenes(screen);
        var view = new GearsCells(screen, Module, Foundation, cancellation);
        return [.. groups.Select(group =>
        {
            cancellation.ThrowIfCancellationRequested();
            return Predict(TargetsOf(screen.Conditions[group.Condition]), view, group.Context, cells, seed);
        })];
    }

    private static PerturbationPrediction Predict(int[] targets, GearsCells view, int context, int cells, int seed)
    {
        const int cellsAtOnce = 16;
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var screen = view.Screen;
        if ((uint)context >= (uint)screen.Contexts.Count || screen.ControlCells(context).Length == 0)
        {
            throw new ArgumentException($"The context {context} has no control cells; expected one of the {screen.Contexts.Count} of the screen, with control cells to start from.");
        }
        var controls = Drawn(screen, context, cells, seed);
        var (change, logVariance) = view.Predict(targets, controls, cellsAtOnce);
        var mean = (change.mean([0L]) + tensor(screen.ControlMean(context), device: change.device)).cpu().data<float>().ToArray();
        var single = (view.Expression(controls) + change).cpu().data<float>().ToArray().Chunk(mean.Length).ToArray();
        return new PerturbationPrediction(mean, single, double.IsNaN(logVariance) ? null : logVariance);
    }

    /// <summary>Some control cells of a context, ascending.</summary>
    internal static int[] Drawn(PerturbationScreen screen, int context, int cells, int seed)
    {
        int[] controls = [.. screen.ControlCells(context)];
        Seeds.For(seed, context).Shuffle(controls);
        return [.. controls.Take(cells).Order()];
    }

    private int[] TargetsOf(Condition condition) => Array.ConvertAll([.. condition.Targets], target => placeOf.TryGetValue(target, out var place)
        ? place
        : throw new ArgumentException($"The model knows no perturbation '{target}'; expected some of its {Perturbations.Count}, such as {string.Join(", ", Perturbations.Take(3))}: the targets and the genes of the screen it was trained on."));

    private void RequireGenes(PerturbationScreen screen)
    {
        if (!screen.Genes.SequenceEqual(Genes, StringComparer.Ordinal))
        {
            throw new ArgumentException($"The screen has {screen.Genes.Count} genes ({string.Join(", ", screen.Genes.Take(3))}, ...); expected the {Genes.Count} of the model ({string.Join(", ", Genes.Take(3))}, ...), in its order.");
        }
    }
}
