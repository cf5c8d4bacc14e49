using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tasks;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Tests.Models;

/// <summary>Equality with the official helpers where they surprise: depths of zero, values that are codes, padding that is pooled.</summary>
public sealed class ReferenceEdgeTests
{
    private const double Tolerance = 2e-5;

    private static Golden Edge => Golden.Read(Directory.Exists(TestFolders.Fixtures) ? "scfoundation_edge" : "");

    [Theory]
    [InlineData(0)] // S is 0: the total count is 1
    [InlineData(1)] // T is negative
    [InlineData(2)] // T and S are 0
    [InlineData(3)] // a value is the padding's code
    [InlineData(4)] // a value is the mask's code
    [InlineData(5)] // a value is negative
    public void An_odd_row_is_gathered_embedded_and_decoded_as_by_the_reference(int row)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var golden = Edge;
        var model = new ScFoundationCase(golden);
        var tokens = RowTokens(golden, golden["edge.rows"][row], model);
        Assert.Equal(golden.Integers($"edge.{row}.enc_positions"), tokens.Visible.Select(position => (long)position));
        AssertGathered(golden, $"edge.{row}.enc_values", $"edge.{row}.enc_padding", [tokens], model);

        var batch = TokenBatch.Pack([tokens], model.Genes);
        var encoded = model.Module.Encode(batch);
        AssertClose(golden[$"edge.{row}.encoder_out"], encoded.unsqueeze(0));
        AssertClose(golden[$"edge.{row}.all"], Pooling.All.Pool(batch, encoded));
        AssertClose(golden[$"edge.{row}.max"], Pooling.Max.Pool(batch, encoded));
        if (golden.Has($"edge.{row}.predicted_expression"))
        {
            AssertClose(golden[$"edge.{row}.predicted_expression"], model.Module.call(batch));
        }
    }

    [Fact]
    public void Odd_rows_have_the_same_values_in_one_batch()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var golden = Edge;
        var model = new ScFoundationCase(golden);
        var batch = TokenBatch.Pack([.. Enumerable.Range(0, 6).Select(row => RowTokens(golden, golden["edge.rows"][row], model))], model.Genes);
        var pooled = Pooling.All.Pool(batch, model.Module.Encode(batch));
        for (var row = 0; row < 6; row++)
        {
            AssertClose(golden[$"edge.{row}.all"][0], pooled[row]);
        }
    }

    [Fact]
    public void Rows_are_gathered_and_padded_as_by_the_reference()
    {
        using var scope = NewDisposeScope();
        var golden = Edge;
        var model = new ScFoundationCase(golden);
        CellTokens[] rows = [.. Enumerable.Range(0, 3).Select(row => RowTokens(golden, golden["gather.data"][row], model))];
        AssertGathered(golden, "gather.values", "gather.padding", ReferenceTokens.Pad(rows, model.Module.Config), model);
        AssertGathered(golden, "gather16.values", "gather16.padding", ReferenceTokens.Pad(rows, model.Module.Config, multipleOf: 16), model);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Depth_tokens_of_cells_with_totals_are_those_of_GEARS(int highResolution)
    {
        using var scope = NewDisposeScope();
        var golden = Edge;
        var model = new ScFoundationModel(new ScFoundationCase(golden).Module, new GeneVocabulary(Enumerable.Range(0, 64).Select(gene => $"G{gene}")));
        var input = new DenseMatrix(3, 65, golden["choose_binset.input"].data<float>().ToArray());
        var cells = new AnnData(CsrMatrix.FromDense(input), ["a", "b", "c"], [.. Enumerable.Range(0, 65).Select(i => i.ToString())]);
        foreach (var compat in Enum.GetValues<Compat>())
        {
            var options = new InputOptions { Scale = ValueScale.LogNormalisedWithTotals, GenesInOrder = true, Compat = compat };
            var tokens = ModelProfiles.Read(model, cells, options, aliases: null).Tokens(Depth.Added(highResolution), _ => null);
            for (var cell = 0; cell < 3; cell++)
            {
                var expected = golden[$"choose_binset.autobin_resolution_append_highres{highResolution}"][cell].data<float>().ToArray();
                Assert.Equal(expected[64], tokens[cell].TargetDepth, 1e-6f * expected[64]);
                Assert.Equal(expected[65], tokens[cell].SourceDepth, 1e-6f * expected[65]);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_fine_tuning_head_pools_over_padding_as_the_reference_s(bool training)
    {
        using var scope = NewDisposeScope();
        var golden = Edge;
        var model = new ScFoundationCase(golden);
        var config = model.Module.Config;
        var rows = golden["probe.x"];
        var none = zeros(2);
        CellTokens[] cells = [.. Enumerable.Range(0, (int)rows.shape[0]).Select(row => RowTokens(golden, cat([rows[row], none]), model))];
        var batch = TokenBatch.Pack(ReferenceTokens.Pad(cells, config), config.Genes);
        var pooled = Pooling.Max.Pool(batch, model.Module.Encode(batch)); // [B, D]

        // The fixture stores the running statistics as its training step left them (momentum 0.1); it was evaluated before that step.
        Tensor Before(string name, Tensor ofBatch) => (golden[$"probe.head.norm.{name}"] - ofBatch * 0.1) / 0.9;
        var (mean, variance) = training
            ? (pooled.mean([0]), pooled.var(0, unbiased: false))
            : (Before("running_mean", pooled.mean([0])), Before("running_var", pooled.var(0, unbiased: true)));
        var normed = (pooled - mean) / (variance + 1e-6).sqrt();
        var hidden = F.relu(F.linear(normed, golden["probe.head.fc1.0.weight"], golden["probe.head.fc1.0.bias"]));
        var logits = F.linear(hidden, golden["probe.head.fc1.2.weight"], golden["probe.head.fc1.2.bias"]);
        AssertClose(golden[training ? "probe.logits_train" : "probe.logits_eval"], logits);
        if (training)
        {
            var loss = F.cross_entropy(logits, golden["probe.labels"]);
            AssertClose(golden["probe.loss"], loss);
            loss.backward();
            var gradients = golden.Under("probe.grad.encoder.");
            Assert.NotEmpty(gradients);
            foreach (var (name, expected) in gradients)
            {
                var found = model.Module.Encoder.get_parameter(name)!.grad!;
                Assert.True(Golden.LargestDifference(found, expected) <= Tolerance * expected.abs().max().item<float>() + 1e-8, name);
            }
        }
    }

    [Fact]
    public void Without_the_reference_a_depth_of_zero_is_a_token_and_a_code_is_a_value()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var model = new ScFoundationCase(Edge);
        CellTokens Plain(float value, float depth) => new() { Visible = [2, 5, 9], VisibleValues = [1.2f, value, 3.1f], TargetDepth = 4, SourceDepth = depth };
        Tensor Pooled(float value, float depth)
        {
            var batch = TokenBatch.Pack([Plain(value, depth)], model.Genes);
            return Pooling.All.Pool(batch, model.Module.Encode(batch));
        }
        var code = ReferenceTokens.PaddingCode(model.Module.Config);
        foreach (var (value, depth) in new[] { (code, 3f), (code - 1, 3f), (2f, 0f) })
        {
            // Nothing jumps there: an odd value has nearly the vector of its neighbour.
            Assert.True(Golden.LargestDifference(Pooled(value, depth), Pooled(value + 1e-4f, depth + 1e-4f)) < 1e-3);
        }
    }

    private static CellTokens RowTokens(Golden golden, Tensor row, ScFoundationCase model)
    {
        Assert.Equal(golden.Config["mask_token_id"]!.GetValue<float>(), ReferenceTokens.MaskCode(model.Module.Config));
        Assert.Equal(golden.Config["pad_token_id"]!.GetValue<int>(), ReferenceTokens.PaddingCode(model.Module.Config));
        var values = row.data<float>().ToArray();
        int[] genes = [.. Enumerable.Range(0, model.Genes).Where(gene => values[gene] != 0)];
        return ReferenceTokens.Of(genes, [.. genes.Select(gene => values[gene])], values[model.Genes], values[model.Genes + 1], model.Module.Config);
    }

    private static void AssertGathered(Golden golden, string valuesName, string paddingName, CellTokens[] cells, ScFoundationCase model)
    {
        var (values, padding) = (golden[valuesName], golden[paddingName]);
        Assert.Equal(cells.Length, values.shape[0]);
        for (var cell = 0; cell < cells.Length; cell++)
        {
            var mask = ReferenceTokens.MaskCode(model.Module.Config);
            Assert.Equal(values[cell].data<float>().ToArray(), cells[cell].VisibleValues.Select(value => float.IsNaN(value) ? mask : value));
            var isPadding = padding[cell].data<bool>().ToArray();
            Assert.Equal(Enumerable.Range(0, isPadding.Length).Where(place => isPadding[place]), cells[cell].Padding);
        }
    }

    private static void AssertClose(Tensor expected, Tensor found) =>
        Assert.True(Golden.LargestDifference(found, expected) <= Tolerance, $"{Golden.LargestDifference(found, expected)}");
}
