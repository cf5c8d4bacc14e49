using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tables;
using TorchSharp;

namespace ScFm.Model.Tests.Models;

public sealed class PresetsTests
{
    private const int PublishedGenes = 19_264;

    [Theory]
    [InlineData("3m", 3.39e6, 0.005)] // the size whose timings the fixtures record
    [InlineData("10m", 10e6, 0.2)]
    [InlineData("100m", 119.3e6, 0.001)] // the published model, its 14.8 million of gene vectors included
    public void A_preset_has_the_parameters_that_its_name_says(string name, double parameters, double tolerance)
    {
        using var scope = torch.NewDisposeScope();
        using var module = new ScFoundationModule(Presets.Find(name, PublishedGenes));
        var counts = Assert.IsType<IntegerColumn>(ModelSummary.Parameters(module).Find("parameters")).Values.ToArray();
        Assert.Equal(module.parameters().Sum(p => p.numel()), counts[^1]);
        Assert.Equal(counts[^1], counts.SkipLast(1).Sum());
        Assert.InRange(counts[^1], parameters * (1 - tolerance), parameters * (1 + tolerance));
    }

    [Fact]
    public void Presets_grow_and_are_all_valid()
    {
        var flops = Presets.Names.Select(name => ModelSummary.ForwardFlops(Presets.Find(name, 500).Validated(), 300)).ToArray();
        Assert.Equal(["tiny", "3m", "10m", "100m"], Presets.Names);
        Assert.Equal(flops.Order(), flops);
    }

    [Theory] // the timings' table of the fixtures, which counts the matrix products of the reference
    [InlineData("100m", 500, false, 94.7)]
    [InlineData("100m", 2000, false, 488.2)]
    [InlineData("100m", 2000, true, 1359.9)]
    [InlineData("3m", 500, false, 1.3)]
    [InlineData("3m", 2000, false, 11.4)]
    [InlineData("3m", 2000, true, 18.6)]
    public void The_floating_point_operations_of_a_cell_are_those_of_the_reference(string preset, int expressed, bool decode, double gigaflops)
    {
        var config = Presets.Find(preset, PublishedGenes);
        // the reference embeds the value of every position for its decoder; here the zeros, which are all the same, are embedded once
        var zeros = decode ? 2.0 * (config.Genes - expressed) * (config.Bins + config.Bins * config.Bins + config.Bins * config.EncoderWidth) : 0;
        var found = (ModelSummary.ForwardFlops(config, expressed, decode) + zeros) / 1e9;
        Assert.InRange(found, gigaflops * 0.99 - 0.05, gigaflops * 1.01 + 0.05); // the table has one decimal
    }

    [Theory]
    [InlineData("tiny")]
    [InlineData("3m")]
    public void A_batch_that_asks_for_every_position_costs_what_its_cells_cost_one_by_one(string preset)
    {
        var config = Presets.Find(preset, 500);
        CellTokens Cell(int visible) => new() { Visible = new int[visible], VisibleValues = new float[visible], TargetDepth = 4, SourceDepth = 4 };
        // positions are projected once a batch; each cell's own values are projected beside them
        double Projection(double tokens) => 2 * tokens * config.EncoderWidth * config.DecoderWidth;
        var expected = ModelSummary.ForwardFlops(config, 100) + ModelSummary.ForwardFlops(config, 300) - Projection(502) + Projection(102 + 302);
        Assert.Equal(expected, ModelSummary.ForwardFlops(config, [Cell(100), Cell(300)]), expected * 1e-12);
    }

    [Theory]
    [InlineData("tiny")]
    [InlineData("3m")]
    public void Asking_for_few_positions_saves_most_of_the_last_decoder_block(string preset)
    {
        var config = Presets.Find(preset, 5_000);
        CellTokens Cell(int asked) => new() { Visible = new int[300], VisibleValues = new float[300], TargetDepth = 4, SourceDepth = 4, Wanted = new int[asked] };
        var (few, more, all) = (ModelSummary.ForwardFlops(config, [Cell(200)]), ModelSummary.ForwardFlops(config, [Cell(400)]), ModelSummary.ForwardFlops(config, 300));
        Assert.True(few < all);
        // by hand: 200 more rows through queries, features, output and feed-forward of each block, and through the output
        double width = config.DecoderWidth, inner = config.DecoderHeads * config.DecoderHeadWidth, features = config.DecoderHeads * (long)(config.DecoderHeadWidth * Math.Log(config.DecoderHeadWidth));
        var row = config.DecoderDepth * (2 * width * inner + 2 * inner * width + 16 * width * width + 4 * features * config.DecoderHeadWidth) + 2 * width;
        Assert.Equal(200 * row, more - few, row);
    }

    [Fact]
    public void An_unknown_preset_is_named() =>
        Assert.Equal("There is no preset '2m'; expected one of tiny, 3m, 10m, 100m.", Assert.Throws<ArgumentException>(() => Presets.Find("2m", 10)).Message);
}
