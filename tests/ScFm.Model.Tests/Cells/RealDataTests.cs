using ScFm.Model.Cells;

namespace ScFm.Model.Tests.Cells;

/// <summary>Every set of the real data has the figures that its own description gives.</summary>
public sealed class RealDataTests
{
    [Theory]
    [InlineData("pbmc3k", 32738, 2700, 548, 2197, 15844, 17695, 18773)]
    [InlineData("pbmc-facs", 21952, 3774, 355, 1512, 12704, 14717, 15669)]
    [InlineData("pbmc-donor-a", 13939, 2896, 588, 2115, 7304, 11264, 12016)]
    [InlineData("kang-pbmc", 1287, 8123, 263, 1011, 6626, 1266, 1268)]
    [InlineData("kang-ifnb", 1267, 1556, 371, 1127, 5738, 1110, 1169)]
    [InlineData("thp1-perturb", 299, 17064, 26, 186, 1031, 248, 260)]
    [InlineData("pollen-brain", 26262, 104, 19865, 333930, 6583959, 17705, 18470)]
    [InlineData("pancreas-baron", 12474, 110, 1457, 4159, 10412, 11960, 12395)]
    [InlineData("breast-tumour-copykat", 33694, 302, 7396, 18216, 77094, 18092, 18909)]
    [InlineData("thyroid-tumour-atc2", 33538, 173, 2034, 21199, 39213, 18626, 19032)]
    [InlineData("fetal-pancreas-smartseq", 22681, 200, 102939, 392600, 723355, 16873, 18444)]
    [InlineData("gbm-panobinostat", 300, 5000, 22, 648, 18983, 282, 292)]
    public void A_set_has_its_published_figures(string name, int genes, int cells, double least, double median, double most, int direct, int withAliases)
    {
        var data = AnnDataReader.Read(TestFolders.Real(name));
        var (_, report) = GeneMapping.Map(data, GeneVocabulary.Read(TestFolders.Real("vocab/OS_scRNA_gene_index.19264.tsv")), Aliases.Value);

        Assert.Equal((genes, cells), (data.GeneCount, data.CellCount));
        var totals = data.X.RowSums().Order().ToArray();
        Assert.Equal((least, most), (totals[0], totals[^1]));
        Assert.Equal(median, (totals[(cells - 1) / 2] + totals[cells / 2]) / 2, 0.5);
        Assert.Equal(CountKind.Raw, Counts.Judge(data.X).Kind);
        Assert.Equal((direct, withAliases), (report.Direct.Distinct().Count(), report.Reachable));
        Assert.Empty(data.Notes);
    }

    private static readonly Lazy<GeneAliases> Aliases = new(() => GeneAliases.Read(TestFolders.Real("vocab/hgnc_alias.tsv.gz")));
}
