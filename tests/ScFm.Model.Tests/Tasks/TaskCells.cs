using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;

namespace ScFm.Model.Tests.Tasks;

/// <summary>Cells of the sample and a model with random weights that knows their genes.</summary>
internal static class TaskCells
{
    private static readonly Lazy<AnnData> Sample = new(() => AnnDataReader.Read(TestFolders.Sample));

    internal static AnnData All => Sample.Value;

    internal static AnnData First(int count) => Sample.Value.SelectCells([.. Enumerable.Range(0, count)]);

    internal static ScFoundationModel Model(string preset = "tiny")
    {
        var vocabulary = GeneVocabulary.FromCells(First(200), 20);
        return ScFoundationModel.Create(Presets.Find(preset, vocabulary.Count), vocabulary, seed: 2);
    }

    /// <summary>A model of five genes and a helper for cells of these.</summary>
    internal static (ScFoundationModel Model, Func<float[,], AnnData> Cells) Five()
    {
        string[] names = ["A", "B", "C", "D", "E"];
        var config = new ScFoundationConfig { Genes = 5, EncoderWidth = 8, EncoderDepth = 1, EncoderHeads = 2, DecoderWidth = 8, DecoderDepth = 1, DecoderHeads = 2, DecoderHeadWidth = 4, Bins = 4 };
        return (ScFoundationModel.Create(config, new GeneVocabulary(names), seed: 1), counts =>
        {
            var (offsets, indices, values) = (new List<long> { 0 }, new List<int>(), new List<float>());
            for (var row = 0; row < counts.GetLength(0); row++)
            {
                for (var gene = 0; gene < 5; gene++)
                {
                    if (counts[row, gene] != 0)
                    {
                        indices.Add(gene);
                        values.Add(counts[row, gene]);
                    }
                }
                offsets.Add(indices.Count);
            }
            var matrix = new CsrMatrix(counts.GetLength(0), 5, [.. offsets], [.. indices], [.. values]);
            return new AnnData(matrix, [.. Enumerable.Range(0, matrix.Rows).Select(i => $"cell-{i}")], names);
        }
        );
    }

    internal static double LargestDifference(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Assert.Equal(a.Length, b.Length);
        var largest = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            Assert.True(float.IsFinite(a[i]) && float.IsFinite(b[i]));
            largest = Math.Max(largest, Math.Abs(a[i] - b[i]));
        }
        return largest;
    }
}
