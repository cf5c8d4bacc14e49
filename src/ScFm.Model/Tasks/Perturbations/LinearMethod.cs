using MathNet.Numerics.LinearAlgebra;
using ScFm.Model.Cells;
using ScFm.Model.Graphs;
using ScFm.Model.Screens;

namespace ScFm.Model.Tasks.Perturbations;

/// <summary>A linear model between embeddings of the genes that are read and of those that were perturbed.</summary>
/// <remarks>
/// Y = G W Pᵀ + b: Y are the changes of the known groups, [genes, groups], b their mean, G the first principal components of the genes over the known groups' and the control cells' mean
/// expression, and a row of P the sum of the embeddings of a condition's targets. W = (GᵀG + λI)⁻¹ Gᵀ (Y - b) P (PᵀP + λI)⁻¹. Of a condition none of whose targets has an
/// embedding the model predicts b. Source: Ahlmann-Eltze, Huber and Anders, Nature Methods (2025).
/// </remarks>
/// <param name="options">Its size. Default: as published.</param>
public sealed class LinearMethod(LinearOptions? options = null) : EffectMethod
{
    private readonly LinearOptions options = Options.Validate(options ?? new());

    /// <inheritdoc/>
    public override string Name => options.Vectors is null ? "linear" : $"linear, {options.VectorsName}";

    /// <inheritdoc/>
    public override string Settings => FormattableString.Invariant($"{Name}, {options.Components} components, penalty {options.Penalty}, vectors {options.Vectors?.Identity}");

    /// <summary>True without vectors: those of a foundation model are what is to be tried.</summary>
    public override bool IsBaseline => options.Vectors is null;

    private protected override Func<PerturbedGroup, double[]> Learn(PerturbationScreen screen, PerturbationSplit split)
    {
        var known = new KnownEffects(screen, split).Groups;
        var read = Components(screen, known);
        var perturbed = Embeddings(screen, read);
        var changes = Matrix<double>.Build.DenseOfColumns(known.Select(screen.Change));
        var mean = changes.RowSums() / known.Length;
        int[] embedded = [.. Enumerable.Range(0, known.Length).Where(i => Embedding(known[i]) is not null)];
        var weights = embedded.Length == 0 ? null : Weights(read, Matrix<double>.Build.DenseOfColumnVectors(embedded.Select(i => changes.Column(i) - mean)),
            Matrix<double>.Build.DenseOfRowVectors(embedded.Select(i => Embedding(known[i])!)));
        return group => (weights is null || Embedding(group) is not { } place ? mean : read * (weights * place) + mean).ToArray();

        Vector<double>? Embedding(PerturbedGroup group) =>
            screen.Conditions[group.Condition].Targets.Select(target => perturbed.GetValueOrDefault(target)).OfType<Vector<double>>().ToArray() is { Length: > 0 } found ? found.Aggregate((sum, one) => sum + one) : null;
    }

    private Matrix<double> Weights(Matrix<double> read, Matrix<double> changes, Matrix<double> perturbed)
    {
        var left = Penalised(read).Solve(read.TransposeThisAndMultiply(changes) * perturbed);
        return Penalised(perturbed).Solve(left.Transpose()).Transpose();
    }

    private Matrix<double> Penalised(Matrix<double> embedding) =>
        embedding.TransposeThisAndMultiply(embedding) + Matrix<double>.Build.DenseIdentity(embedding.ColumnCount) * options.Penalty;

    /// <summary>The components of the genes, [genes, components].</summary>
    private Matrix<double> Components(PerturbationScreen screen, PerturbedGroup[] known)
    {
        float[][] profiles = [.. known.Select(screen.Mean), .. Enumerable.Range(0, screen.Contexts.Count).Select(screen.ControlMean)];
        var genes = new DenseMatrix(screen.Genes.Count, profiles.Length);
        for (var gene = 0; gene < genes.Rows; gene++)
        {
            for (var profile = 0; profile < profiles.Length; profile++)
            {
                genes[gene, profile] = profiles[profile][gene];
            }
        }
        var scores = Pca.Fit(genes, new PcaOptions { Components = options.Components }).Scores;
        return Matrix<double>.Build.Dense(scores.Rows, scores.Columns, (row, column) => scores[row, column]);
    }

    private Dictionary<string, Vector<double>> Embeddings(PerturbationScreen screen, Matrix<double> read)
    {
        if (options.Vectors is not { } vectors)
        {
            return screen.Genes.Select((gene, place) => (gene, place)).DistinctBy(one => one.gene).ToDictionary(one => one.gene, one => read.Row(one.place), StringComparer.Ordinal);
        }
        string[] targets = [.. screen.Targets.Where(vectors.Has)];
        var values = vectors.Of(new GeneVocabulary(targets));
        return targets.Select((target, row) => (target, row)).ToDictionary(one => one.target, one => Vector<double>.Build.Dense([.. values.Row(one.row).ToArray().Select(value => (double)value)]), StringComparer.Ordinal);
    }
}
