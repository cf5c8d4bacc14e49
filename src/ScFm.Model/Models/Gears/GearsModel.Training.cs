using System.Globalization;
using ScFm.Model.GeneSets;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Nn;
using ScFm.Model.Screens;
using ScFm.Model.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.Gears;

public sealed partial class GearsModel
{
    /// <summary>Trains a new model.</summary>
    /// <param name="screen">The cells.</param>
    /// <param name="training">Perturbed groups to learn from, one or more; all control cells are learnt from, too.</param>
    /// <param name="validation">Perturbed groups to choose the epoch by; none keeps the last epoch. Default: none.</param>
    /// <param name="options">Shape and training. Default: the published ones.</param>
    /// <param name="sets">Gene sets, such as terms of the Gene Ontology, whose sharing makes perturbations alike. Default: none, and each perturbation stands alone.</param>
    /// <param name="foundation">A scFoundation that gives the vectors of each cell's genes; left as it is unless it is tuned, and then changed. Default: none, and genes have learnt vectors.</param>
    /// <param name="checkpoint">A file to save to and to go on from, with the same foundation model as at first: one that is tuned is opened again; see <see cref="Trainer"/>. Default: none.</param>
    /// <param name="progress">Told after every step. Default: nobody.</param>
    /// <param name="cancellation">Ends the run after the step under way; the model that is returned has learnt up to there.</param>
    /// <exception cref="ArgumentException">An option is out of range, there is no group to learn from, or the memory does not do for a step in parts of one cell.</exception>
    /// <exception cref="InvalidDataException">The foundation model has none of the genes.</exception>
    public static GearsModel Train(
        PerturbationScreen screen, PerturbedGroup[] training, PerturbedGroup[]? validation = null, GearsOptions? options = null, IReadOnlyList<GeneSet>? sets = null,
        ScFoundationModel? foundation = null, string? checkpoint = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        options = Options.Validate(options ?? new());
        if (training.Length == 0)
        {
            throw new ArgumentException("There are 0 perturbed groups to train on; expected at least one.");
        }
        string[] perturbations = [.. screen.Conditions.SelectMany(condition => condition.Targets).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        perturbations = [.. perturbations, .. screen.Genes.Except(perturbations, StringComparer.Ordinal)];
        var known = screen.CellsToLearn(training);
        var genes = GeneGraph.OfCoExpression(screen.Expression, known, options.CoExpression, options.Neighbours);
        var alike = sets is null ? GeneGraph.Empty(perturbations.Length) : GeneGraph.OfSharedSets(perturbations, sets, options.Alike, options.Neighbours);
        var config = options.Config with
        {
            Genes = screen.Genes.Count,
            Perturbations = perturbations.Length,
            Width = foundation?.Config.DecoderWidth ?? options.Config.Width,
            GivenFeatures = foundation is not null,
            AbsentGenes = foundation is null ? [] : ScFoundationFeatures.Absent(foundation, screen.Genes),
        };

        var beside = $"genes {genes.Identity}, perturbations {alike.Identity}, foundation {(foundation is null ? "none" : ModelFingerprint.Of(foundation.Module, foundation.Vocabulary) + (screen.Depths is null ? $", {ScFoundationFeatures.OwnDepth}" : ""))}";
        manual_seed(options.Seed);
        var module = new GearsModule(config, genes, alike);
        if (foundation is not null)
        {
            module.to(foundation.Module.PositionEmbedding.device);
            foreach (var parameter in foundation.Module.parameters())
            {
                parameter.requires_grad = options.TunesFoundation;
            }
        }
        string[] notes = [.. Remarks(screen, genes, alike, sets, config)];
        var model = new GearsModel(module, genes, alike, new GearsNames([.. screen.Genes], perturbations, notes), foundation);
        var trained = foundation is not null && options.TunesFoundation ? new JoinedModule(("gears", module), ("foundation", foundation.Module)) : (nn.Module)module;
        var task = new GearsTask(new GearsCells(screen, module, foundation, cancellation), trained, [.. screen.Conditions.Select(model.TargetsOf)], training, validation ?? [], options, beside);
        var loop = options.Loop(validation is { Length: > 0 });
        if (MemoryBudget.Current is { } budget)
        {
            task.KeepWithin(budget, loop);
        }
        var run = Trainer.Run(task, loop, checkpoint, progress, cancellation);
        return new GearsModel(module, genes, alike, model.Names, foundation) { Run = run };
    }

    private static IEnumerable<string> Remarks(PerturbationScreen screen, GeneGraph genes, GeneGraph alike, IReadOnlyList<GeneSet>? sets, GearsConfig config)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{genes.Joined:N0} pairs of genes are expressed together in the training cells.");
        yield return sets is null
            ? "No gene sets were given: each perturbation stands alone, so that one without training cells has a vector that was never learnt."
            : string.Create(CultureInfo.InvariantCulture, $"{alike.Joined:N0} pairs of perturbations are alike by {sets.Count:N0} gene sets.");
        string[] alone = sets is null ? [] : [.. screen.Conditions.SelectMany(condition => condition.Targets).Distinct().Where(target => !sets.Any(set => set.Genes.Contains(target, StringComparer.OrdinalIgnoreCase))).Order(StringComparer.Ordinal)];
        if (alone.Length > 0)
        {
            yield return $"No gene set names {string.Join(", ", alone)}: each stands alone.";
        }
        if (config.AbsentGenes.Length > 0)
        {
            yield return $"The foundation model has no {string.Join(", ", config.AbsentGenes.Select(gene => screen.Genes[gene]))}: each has one learnt vector, the same in all cells.";
        }
    }
}
