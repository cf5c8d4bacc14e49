using System.Globalization;
using ScFm.Model.Cells;
using ScFm.Model.GeneSets;
using ScFm.Model.Tests.Cells;

namespace ScFm.Model.Tests.GeneSets;

public sealed class PrerankTests
{
    private static readonly string[] Genes = [.. Enumerable.Range(0, 2000).Select(i => $"G{i}")];

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(2)]
    public void Scores_are_those_of_the_definition_and_null_distributions_agree(double weight)
    {
        const int Permutations = 4000;
        var (scores, sets) = (Scores(1), Sets(2));
        var report = Prerank.Run(Genes, scores, sets, new() { Weight = weight, Permutations = Permutations });

        var lines = Peer.Run($$"""
            scores = np.array([{{string.Join(",", scores.Select(Text))}}]); weight = {{Text(weight)}}
            order = np.argsort(-scores, kind='stable'); n = len(order); r = np.abs(scores[order]) ** weight
            place = np.empty(n, int); place[order] = np.arange(n)
            sets = [{{string.Join(",", sets.Select(set => $"[{string.Join(",", set.Genes.Select(gene => gene[1..]))}]"))}}]
            rng = np.random.default_rng(0)
            def running(hits):
                inside = np.zeros(n, bool); inside[hits] = True
                return np.cumsum(np.where(inside, r / r[inside].sum(), -1 / (n - inside.sum())))
            def score(run):
                return run.max() if run.max() >= -run.min() else run.min()
            observed, nes, null = [], [], []
            for s in sets:
                es = score(running(place[s]))
                random = np.array([score(running(rng.choice(n, len(s), replace=False))) for _ in range({{Permutations}})])
                same = random[random >= 0] if es >= 0 else random[random < 0]
                observed.append((es, es / abs(same.mean()), (np.abs(same) >= abs(es)).mean()))
                null.append(np.where(random >= 0, random / random[random >= 0].mean(), random / -random[random < 0].mean()))
            null = np.concatenate(null); nes = np.array([o[1] for o in observed])
            for es, z, p in observed:
                if z >= 0:
                    q = (null >= z).sum() / (null >= 0).sum() / ((nes >= z).sum() / (nes >= 0).sum())
                else:
                    q = (null <= z).sum() / (null < 0).sum() / ((nes <= z).sum() / (nes < 0).sum())
                print(es, z, p, min(q, 1))
            """).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(sets.Count, lines.Length);
        for (var i = 0; i < sets.Count; i++)
        {
            var expected = lines[i].Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray();
            var found = report[sets[i].Name];
            Assert.Equal(expected[0], found.Score, 1e-12);
            // Both means are of some 2,000 random scores that scatter by a third of their mean: 4 standard errors of their ratio are 4%.
            Assert.Equal(expected[1], found.NormalisedScore, 0.04 * Math.Abs(expected[1]));
            Assert.Equal(expected[2], found.PValue, 1.0 / 1000 + 4 * Math.Sqrt(2 * expected[2] * (1 - expected[2]) / 1500));
            Assert.Equal(expected[3], found.FalseDiscoveryRate, 0.02 + 0.2 * expected[3]);
        }
    }

    [Fact]
    public void A_planted_set_is_found_at_its_end_and_its_leading_edge_is_told()
    {
        var report = Prerank.Run(Genes, Scores(3), Sets(4));

        var (up, down) = (report["up"], report["down"]);
        Assert.Equal(["up", "down"], report.Results.Take(2).Select(one => one.Set.Name).OrderDescending());
        Assert.True(up.Score > 0.5 && down.Score < -0.5);
        Assert.True(up.PValue < 0.005 && up.FalseDiscoveryRate < 0.01 && down.FalseDiscoveryRate < 0.01);
        Assert.True(report.Results.Skip(2).All(one => one.FalseDiscoveryRate > 0.05));
        // as no random score is as large, 1 / (all + 1) of the random ones over one of at most 12 sets
        Assert.InRange(up.FalseDiscoveryRate, 1 / 12_001.0, 12 / 3000.0);
        Assert.InRange(down.FalseDiscoveryRate, 1 / 12_001.0, 12 / 3000.0);
        Assert.True(up.LeadingEdge.Count >= 20 && up.LeadingEdge.All(up.Set.Genes.Contains) && down.LeadingEdge.All(down.Set.Genes.Contains));
    }

    [Fact]
    public void The_running_sum_peaks_at_the_score_and_ends_at_zero()
    {
        var report = Prerank.Run(Genes, Scores(5), Sets(6));

        foreach (var result in report.Results)
        {
            var sum = report.RunningSum(result.Set.Name);
            Assert.Equal(0, sum[^1], 1e-9);
            Assert.Equal(result.Score, result.Score >= 0 ? sum.Max() : sum.Min(), 1e-12);
            // the leading edge reaches from the end of the ranking to where the sum is farthest
            var at = Array.IndexOf(sum, result.Score >= 0 ? sum.Max() : sum.Min());
            Assert.Equal(result.Places.Count(place => result.Score >= 0 ? place <= at : place > at), result.LeadingEdge.Count);
        }
    }

    [Fact]
    public void Random_sets_have_p_values_that_are_spread_evenly()
    {
        var random = new Random(7);
        var sets = Enumerable.Range(0, 1000).Select(i => new GeneSet($"s{i}", "", random.GetItems(Genes, 60).Distinct().ToArray())).ToArray();

        var p = Prerank.Run(Genes, Scores(8), sets).Results.Select(one => one.PValue).Order().ToArray();

        // Kolmogorov-Smirnov: the distance stays below 1.95 / sqrt(n) in 999 of 1,000 runs; the seed makes this run the same always
        var largest = p.Select((value, i) => Math.Max(Math.Abs(value - (i + 1.0) / p.Length), Math.Abs(value - (double)i / p.Length))).Max();
        Assert.InRange(largest, 0, 1.95 / Math.Sqrt(p.Length));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_small_p_value_is_that_of_many_random_sets(bool top)
    {
        // 15 of 300 genes; a set whose place takes some ten thousand random sets to reach
        string[] genes = Genes[..300];
        var scores = Enumerable.Range(0, 300).Select(i => Math.Cos(i * Math.PI / 299)).ToArray();
        int[] places = [5, 11, 14, 22, 30, 36, 41, 55, 60, 72, 80, 85, 95, 120, 160];
        var set = new GeneSet("set", "", [.. places.Select(place => genes[top ? place : 299 - place])]);

        var direct = Prerank.Run(genes, scores, [set], new() { Permutations = 400_000 })["set"];
        var estimates = Enumerable.Range(0, 8).Select(seed => Prerank.Run(genes, scores, [set], new() { Seed = seed, SmallPValues = true })["set"].PValue).ToArray();

        Assert.InRange(direct.PValue, 5e-5, 1e-3);
        // Of one estimate log2(P) has a standard error of about 0.5, so their mean of 0.18.
        Assert.Equal(Math.Log2(direct.PValue), estimates.Average(Math.Log2), 0.6);
        Assert.Equal(direct.NormalisedScore, Prerank.Run(genes, scores, [set], new() { SmallPValues = true })["set"].NormalisedScore, 0.1);
    }

    [Fact]
    public void A_planted_set_has_a_p_value_far_below_what_random_sets_can_tell()
    {
        var (scores, sets) = (Scores(3), Sets(4));

        var report = Prerank.Run(Genes, scores, sets, new() { SmallPValues = true });

        Assert.InRange(report["up"].PValue, 1e-30, 1e-8);
        Assert.InRange(report["down"].PValue, 1e-30, 1e-8);
        Assert.Equal(Prerank.Run(Genes, scores, sets)["random 3"].PValue, report["random 3"].PValue);
    }

    [Fact]
    public void A_seed_gives_the_same_again_and_a_set_does_not_depend_on_the_others()
    {
        var sets = Sets(9);
        var report = Prerank.Run(Genes, Scores(10), sets);

        Assert.Equal(report.ToTable().ToCsv(), Prerank.Run(Genes, Scores(10), sets).ToTable().ToCsv());
        Assert.NotEqual(report.ToTable().ToCsv(), Prerank.Run(Genes, Scores(10), sets, new() { Seed = 1 }).ToTable().ToCsv());
        var alone = Prerank.Run(Genes, Scores(10), [sets[3]])[sets[3].Name];
        Assert.Equal((report[sets[3].Name].PValue, report[sets[3].Name].NormalisedScore), (alone.PValue, alone.NormalisedScore));
    }

    [Fact]
    public void Monocytes_show_complement_and_lysosome_and_lack_ribosomes()
    {
        var cells = AnnDataReader.Read(TestFolders.Real("pbmc3k"));
        var types = cells.Obs["cell_type"];
        int[] Of(bool monocytes) => [.. Enumerable.Range(0, cells.CellCount).Where(cell => types.Text(cell) is { Length: > 0 } type && type == "CD14+ Mono" == monocytes)];
        var logs = Normalisation.LogNormalise(cells.X);
        var (mean, rest) = (Mean(logs.SelectRows(Of(true))), Mean(logs.SelectRows(Of(false))));
        int[] expressed = [.. Enumerable.Range(0, cells.GeneCount).Where(gene => mean[gene] + rest[gene] > 0)];
        IReadOnlyList<GeneSet> Sets(string file) => GeneSetFile.Read(Path.Combine(TestFolders.Real("genesets"), file));

        var report = Prerank.Run(
            Array.ConvertAll(expressed, gene => cells.VarNames[gene]), Array.ConvertAll(expressed, gene => mean[gene] - rest[gene]),
            [.. Sets("h.all.v7.0.symbols.gmt"), .. Sets("c2.cp.kegg.v7.5.1.symbols.gmt")]);

        foreach (var (set, sign) in new[] { ("HALLMARK_COMPLEMENT", 1), ("KEGG_LYSOSOME", 1), ("KEGG_RIBOSOME", -1) })
        {
            Assert.Equal(sign, Math.Sign(report[set].NormalisedScore));
            Assert.True(report[set].PValue < 0.01 && report[set].FalseDiscoveryRate < 0.1, set);
        }
        Assert.Contains("S100A9", report["HALLMARK_COMPLEMENT"].LeadingEdge);
    }

    [Fact]
    public void Sets_outside_the_sizes_are_left_out_and_what_is_malformed_is_refused()
    {
        var (scores, sets) = (Scores(11), Sets(12));
        GeneSet small = new("small", "", Genes[..14]), other = new("other", "", ["X", "Y"]);

        Assert.Equal(2, Prerank.Run(Genes, scores, [.. sets, small, other]).LeftOut);
        Assert.Contains("same names", Assert.Throws<ArgumentException>(() => Prerank.Run(Genes, scores, [other])).Message);
        Assert.Contains("'G1' is ranked twice", Assert.Throws<ArgumentException>(() => Prerank.Run(["G1", "G1"], [1, 2], sets)).Message);
        Assert.Contains("'G1' is NaN", Assert.Throws<ArgumentException>(() => Prerank.Run(["G0", "G1"], [1, double.NaN], sets)).Message);
        Assert.Contains("Permutations is 0", Assert.Throws<ArgumentException>(() => Prerank.Run(Genes, scores, sets, new() { Permutations = 0 })).Message);
        Assert.Contains("'small'", Assert.Throws<KeyNotFoundException>(() => Prerank.Run(Genes, scores, sets)["small"]).Message);
    }

    private static double[] Mean(CsrMatrix values) => [.. values.ColumnSums().Select(sum => sum / values.Rows)];

    // G0 to G49 lie high and G50 to G99 low.
    private static double[] Scores(int seed)
    {
        var random = new Random(seed);
        return [.. Genes.Select((_, i) => MathNet.Numerics.Distributions.Normal.Sample(random, i < 50 ? 1.5 : i < 100 ? -1.5 : 0, 1))];
    }

    private static IReadOnlyList<GeneSet> Sets(int seed)
    {
        var random = new Random(seed);
        return
        [
            new("up", "", Genes[..40]), new("down", "", Genes[60..100]),
            .. Enumerable.Range(0, 10).Select(i => new GeneSet($"random {i}", "", random.GetItems(Genes[100..], 20 + 10 * (i % 4)).Distinct().ToArray())),
        ];
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
