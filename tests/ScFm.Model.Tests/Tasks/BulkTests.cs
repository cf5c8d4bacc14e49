using System.Globalization;
using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tasks;
using ScFm.Torch.Extras;
using ScFm.Model.Tests.Training;

namespace ScFm.Model.Tests.Tasks;

/// <summary>A bulk sample expresses nearly every gene: ten times the tokens of a cell.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class BulkTests
{
    private const int Genes = 19_264;
    private const int Expressed = 19_000;

    [Fact]
    public void Nothing_before_the_model_needs_more_memory_than_the_tokens_of_a_sample()
    {
        var (model, samples) = Samples(3);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var tokens = ModelProfiles.Read(model, samples, new InputOptions { Kind = SampleKind.Bulk }, aliases: null).Tokens(default, _ => [0]);
        var sizes = new List<int>();
        Inference.Run(model, tokens, decode: false, (batch, indices) =>
        {
            sizes.Add(indices.Length);
            Assert.Equal(Expressed + 2, batch.Positions.shape[0]);
        }, progress: null, CancellationToken.None);
        Assert.Equal([1, 1, 1], sizes); // a sample that is over the budget is a batch of its own
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000L * 3 * Genes); // some hundred bytes a token, where 19,000 squared would be 360 MB a sample
    }

    [Fact]
    public void A_sample_of_all_genes_is_embedded_without_a_matrix_of_scores()
    {
        Assert.SkipWhen(Kernels.InstructionSet is null, "Plain attention writes its scores.");
        var (model, samples) = Samples(1);
        File.WriteAllText("/proc/self/clear_refs", "5"); // the peak starts anew
        var before = Memory("VmRSS");
        var vectors = Embedding.Run(model, samples, new EmbeddingOptions { Input = new InputOptions { Kind = SampleKind.Bulk } });
        Assert.All(vectors.Values, value => Assert.True(float.IsFinite(value)));
        Assert.InRange(Memory("VmHWM") - before, 0, (long)Expressed * Expressed * sizeof(float) / 2); // of one head, the scores alone
    }

    private static long Memory(string field) =>
        1024 * long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(field, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);

    [Fact]
    public void All_gene_embeddings_of_a_sample_are_streamed_one_sample_at_a_time()
    {
        var (model, samples) = Samples(2, expressed: 1000);
        var seen = 0;
        GeneEmbedding.Stream(model, samples, (_, genes) =>
        {
            seen++;
            Assert.Equal((Genes, model.Config.DecoderWidth), (genes.Rows, genes.Columns));
            Assert.All(genes.Values, value => Assert.True(float.IsFinite(value)));
        }, new GeneEmbeddingOptions { Input = new InputOptions { Kind = SampleKind.Bulk } });
        Assert.Equal(2, seen);
    }

    /// <summary>A model of the published number of genes with the narrowest layers, and samples in counts per million.</summary>
    private static (ScFoundationModel Model, AnnData Samples) Samples(int count, int expressed = Expressed)
    {
        var config = new ScFoundationConfig { Genes = Genes, EncoderWidth = 4, EncoderDepth = 1, EncoderHeads = 1, DecoderWidth = 4, DecoderDepth = 1, DecoderHeads = 1, DecoderHeadWidth = 4, Bins = 4 };
        var model = ScFoundationModel.Create(config, new GeneVocabulary(Enumerable.Range(0, Genes).Select(gene => $"G{gene}")));
        var (random, dense) = (new Random(1), new DenseMatrix(count, Genes));
        for (var sample = 0; sample < count; sample++)
        {
            for (var gene = 0; gene < expressed; gene++)
            {
                dense[sample, gene] = (float)Math.Exp(random.NextDouble() * 8);
            }
        }
        return (model, new AnnData(CsrMatrix.FromDense(dense), [.. Enumerable.Range(0, count).Select(i => $"sample-{i}")], [.. model.Vocabulary.Names]));
    }
}
