using ScFm.Model.Cells;
using ScFm.Model.Models.Geneformer;

namespace ScFm.Model.Tasks.Composition;

/// <summary>Geneformer as a study asks it: how well it gives back the order of a cell's genes; see <see cref="RankReconstruction"/>.</summary>
/// <param name="name">The name that tables and figures show.</param>
/// <param name="plan">Sizes and training.</param>
internal sealed class GeneformerStudyModel(string name, GeneformerPlan plan) : IStudyModel
{
    public string Name => name;

    public string Settings { get; } = plan.ToString();

    public string Score => "rank correlation";

    public bool IsBaseline => false;

    public IFittedModel Fit(AnnData training, int seed, string? file, IProgress<double>? progress, CancellationToken cancellation) =>
        new Fitted(Model(training, seed, file, progress, cancellation), result => result.Correlations);

    /// <summary>The mean order of the other scored cells' genes, in the trained model's own vocabulary: what is known without the cell.</summary>
    internal IStudyModel MeanRanks => new MeanRankModel(this);

    private GeneformerModel Model(AnnData training, int seed, string? file, IProgress<double>? progress, CancellationToken cancellation) => KeptModel.Of(
        name, file, GeneformerModel.Load, checkpoint => GeneformerModel.Train(training, plan.For(seed), checkpoint, KeptModel.Share(progress), cancellation),
        model => model.Report!.Run, cancellation);

    private sealed class Fitted(GeneformerModel model, Func<RankReconstruction, double[]> chosen) : IFittedModel
    {
        public float[] Score(EvaluationCells evaluation, CancellationToken cancellation) =>
            Array.ConvertAll(chosen(model.ReconstructRanks(evaluation.Cells, cancellation: cancellation)), score => (float)score);
    }

    private sealed class MeanRankModel(GeneformerStudyModel trained) : IStudyModel
    {
        public string Name => $"mean ranks of {trained.Name}";

        public string Settings => $"the mean order of the other scored cells' genes, among those that this knows: {trained.Settings}";

        public string Score => trained.Score;

        public bool IsBaseline => true;

        public IFittedModel Fit(AnnData training, int seed, string? file, IProgress<double>? progress, CancellationToken cancellation) =>
            new Fitted(trained.Model(training, seed, file, progress, cancellation), result => result.MeanRankCorrelations);
    }
}
