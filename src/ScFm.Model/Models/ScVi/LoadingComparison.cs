using ScFm.Model.Cells;
using ScFm.Model.Display;
using ScFm.Model.Tables;
using ScFm.Model.Training;

namespace ScFm.Model.Models.ScVi;

/// <summary>What two LDVAE models, such as of two training sets, make of the same genes.</summary>
/// <remarks>
/// Ours, for want of a published definition. Latent variables have no order and no sign, so those of two models are paired first: of all pairs the one with the largest |cosine| of loadings
/// (less each variable's mean over the genes both models have) is taken, then the next of those left. A latent space may also be turned as a whole without the model knowing; a gene's reach does
/// not change by that: the length of its row of loadings, which is the deviation of the logarithm of its share under the prior, before all shares are brought to the sum 1.
/// Two seeds on one training set differ too: a difference between training sets means something where it is larger.
/// </remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed record LoadingComparison : IHtml
{
    private const int LeastGenes = 3; // with two, all centred loadings are alike

    /// <summary>The genes that both models have, in the order of the first.</summary>
    public required IReadOnlyList<string> Genes { get; init; }

    /// <summary>The pairs of latent variables, most alike first; as many as the smaller model has variables.</summary>
    public required IReadOnlyList<LoadingPair> Pairs { get; init; }

    /// <summary>Loadings of the first model less those of the second, each of length 1 over the genes and turned the same way, [genes, pairs].</summary>
    public required DenseMatrix Differences { get; init; }

    /// <summary>Each gene's reach in the first model, 0 or more.</summary>
    public required double[] FirstReach { get; init; }

    /// <summary>Each gene's reach in the second model, 0 or more.</summary>
    public required double[] SecondReach { get; init; }

    /// <summary>Compares two models.</summary>
    /// <param name="first">A model with a linear decoder.</param>
    /// <param name="second">Another; its genes are found by their names.</param>
    /// <param name="draws">Exchanges of the permutation test, 20 or more. Default: 1,000.</param>
    /// <param name="seed">Seed of the exchanges. Default: 0.</param>
    /// <param name="cancellation">Stops between two exchanges.</param>
    /// <exception cref="InvalidOperationException">A decoder is a network.</exception>
    /// <exception cref="InvalidDataException">The models share fewer than three genes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are too few draws.</exception>
    public static LoadingComparison Of(ScViModel first, ScViModel second, int draws = 1_000, int seed = 0, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 20);
        int[] shared = [.. Enumerable.Range(0, first.Genes.Count).Where(gene => second.Genes.IndexOf(first.Genes.Names[gene]) >= 0)];
        if (shared.Length < LeastGenes)
        {
            throw new InvalidDataException($"The models have {first.Genes.Count} and {second.Genes.Count} genes, {shared.Length} in common; expected at least {LeastGenes}.");
        }
        string[] names = Array.ConvertAll(shared, gene => first.Genes.Names[gene]);
        var (one, other) = (Centred(first.Loadings(), shared), Centred(second.Loadings(), Array.ConvertAll(names, second.Genes.IndexOf)));
        var (reachOfOne, reachOfOther) = (Reach(one), Reach(other));
        var (a, b) = (Array.ConvertAll(one, Unit), Array.ConvertAll(other, Unit));

        var largest = new double[draws];
        Parallel.For(0, draws, new ParallelOptions { CancellationToken = cancellation }, draw =>
        {
            int[] order = [.. Enumerable.Range(0, names.Length)];
            Seeds.For(seed, draw).Shuffle(order);
            largest[draw] = b.Select(column => Array.ConvertAll(order, gene => column[gene])).Max(column => a.Max(mine => Math.Abs(Dot(mine, column))));
        });
        LoadingPair[] pairs = [.. Paired(a, b).Select(pair => new LoadingPair(pair.First, pair.Second, pair.Cosine, (1.0 + largest.Count(c => c >= Math.Abs(pair.Cosine))) / (1 + draws)))];
        var differences = new DenseMatrix(names.Length, pairs.Length);
        for (var p = 0; p < pairs.Length; p++)
        {
            var (mine, theirs, sign) = (a[pairs[p].First], b[pairs[p].Second], pairs[p].Cosine < 0 ? -1 : 1);
            for (var gene = 0; gene < names.Length; gene++)
            {
                differences[gene, p] = (float)(mine[gene] - sign * theirs[gene]);
            }
        }
        return new LoadingComparison { Genes = names, Pairs = pairs, Differences = differences, FirstReach = reachOfOne, SecondReach = reachOfOther };
    }

    /// <summary>A row a pair, most alike first, with the genes that the one and the other model move more.</summary>
    /// <param name="genes">Genes a model, 1 or more. Default: 5.</param>
    public Table PairTable(int genes = 5)
    {
        string More(int pair, int sign) => string.Join(", ", Enumerable.Range(0, Genes.Count)
            .OrderByDescending(gene => sign * Differences[gene, pair]).Take(genes).Select(gene => Genes[gene]));
        return new Table(
            new TextColumn("first", [.. Pairs.Select(pair => ScViModel.LatentName(pair.First))]),
            new TextColumn("second", [.. Pairs.Select(pair => (pair.Cosine < 0 ? "-" : "") + ScViModel.LatentName(pair.Second))]),
            new NumberColumn("cosine", [.. Pairs.Select(pair => Math.Abs(pair.Cosine))], "F3"),
            new NumberColumn("P", [.. Pairs.Select(pair => pair.PValue)], "G3"),
            new TextColumn("more in the first", [.. Enumerable.Range(0, Pairs.Count).Select(pair => More(pair, 1))]),
            new TextColumn("more in the second", [.. Enumerable.Range(0, Pairs.Count).Select(pair => More(pair, -1))]));
    }

    /// <summary>A row a gene, those whose reach differs most first.</summary>
    public Table ToTable()
    {
        int[] order = [.. Enumerable.Range(0, Genes.Count).OrderByDescending(gene => Math.Abs(FirstReach[gene] - SecondReach[gene]))];
        return new Table(
            new TextColumn("gene", [.. order.Select(gene => Genes[gene])]),
            new NumberColumn("reach in the first", [.. order.Select(gene => FirstReach[gene])], "F3"),
            new NumberColumn("reach in the second", [.. order.Select(gene => SecondReach[gene])], "F3"),
            new NumberColumn("difference", [.. order.Select(gene => FirstReach[gene] - SecondReach[gene])], "F3"));
    }

    /// <summary>Both tables, the genes' first 20 rows, as HTML.</summary>
    public string ToHtml() => string.Join('\n', Views().Select(view => view.ToHtml()));

    /// <summary>Both tables as text.</summary>
    public override string ToString() => string.Join("\n\n", Views());

    private TableView[] Views() =>
        [PairTable().View("Latent variables of both models, most alike first", rows: Pairs.Count), ToTable().View($"Reach of the {Genes.Count:N0} genes that both models have")];

    /// <summary>The loadings of some genes, a column a latent variable, each less its mean over them.</summary>
    private static double[][] Centred(DenseMatrix loadings, int[] genes) => [.. Enumerable.Range(0, loadings.Columns).Select(latent =>
    {
        var column = Array.ConvertAll(genes, gene => (double)loadings[gene, latent]);
        var mean = column.Average();
        return Array.ConvertAll(column, value => value - mean);
    })];

    private static double[] Reach(double[][] columns) => [.. Enumerable.Range(0, columns[0].Length).Select(gene => Math.Sqrt(columns.Sum(column => column[gene] * column[gene])))];

    private static double[] Unit(double[] column) => Math.Sqrt(Dot(column, column)) is > 0 and var length ? Array.ConvertAll(column, value => value / length) : column;

    /// <summary>The sum of products: the cosine where both have length 1.</summary>
    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static IEnumerable<(int First, int Second, double Cosine)> Paired(double[][] a, double[][] b)
    {
        var (takenOfOne, takenOfOther) = (new HashSet<int>(), new HashSet<int>());
        var all = from first in Enumerable.Range(0, a.Length)
                  from second in Enumerable.Range(0, b.Length)
                  let cosine = Dot(a[first], b[second])
                  orderby Math.Abs(cosine) descending
                  select (first, second, cosine);
        foreach (var pair in all)
        {
            if (!takenOfOne.Contains(pair.first) && !takenOfOther.Contains(pair.second))
            {
                takenOfOne.Add(pair.first);
                takenOfOther.Add(pair.second);
                yield return pair;
            }
        }
    }
}
