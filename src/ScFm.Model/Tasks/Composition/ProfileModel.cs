using ScFm.Model.Cells;

namespace ScFm.Model.Tasks.Composition;

/// <summary>Describes every cell by one profile: what is known without looking at the cell.</summary>
internal sealed class ProfileModel : IStudyModel
{
    private readonly bool ofEvaluation;

    private ProfileModel(string name, string settings, bool ofEvaluation) => (Name, Settings, this.ofEvaluation) = (name, settings, ofEvaluation);

    /// <summary>The mean expression of the cells that the models were trained on.</summary>
    internal static ProfileModel OfTraining { get; } = new("training mean", "mean log1p of counts per 10,000 of the training cells", ofEvaluation: false);

    /// <summary>The mean expression of cells of the evaluation's own set that are not scored: what knowing the tissue alone gives.</summary>
    internal static ProfileModel OfEvaluation { get; } = new("own mean", "mean log1p of counts per 10,000 of the cells of the evaluation's own set that are not scored", ofEvaluation: true);

    public string Name { get; }

    public string Settings { get; }

    public string Score => FittedExpression.ScoreName;

    public bool IsBaseline => true;

    public IFittedModel Fit(AnnData training, int seed, string? file, IProgress<double>? progress, CancellationToken cancellation)
    {
        var learnt = ofEvaluation ? null : GeneMeans.Of(training.X);
        return new FittedExpression((evaluation, _) => Repeated(learnt ?? GeneMeans.Of(evaluation.Own.X), evaluation.Cells.CellCount));
    }

    private static DenseMatrix Repeated(float[] profile, int cells)
    {
        var expression = new DenseMatrix(cells, profile.Length);
        for (var cell = 0; cell < cells; cell++)
        {
            profile.CopyTo(expression.Row(cell));
        }
        return expression;
    }
}
