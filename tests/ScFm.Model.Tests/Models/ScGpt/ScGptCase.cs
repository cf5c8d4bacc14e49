using System.Text.Json.Nodes;
using ScFm.Model.Devices;
using ScFm.Model.Models.ScGpt;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models.ScGpt;

/// <summary>A fixture of the published scGPT as this project's module and batch.</summary>
internal sealed class ScGptCase
{
    public ScGptCase(string name)
    {
        Golden = Golden.Read(name);
        var isCategory = Text("input_emb_style") == "category";
        Config = new ScGptConfig
        {
            Width = Number("d_model"),
            Layers = Number("nlayers"),
            Heads = Number("nhead"),
            FeedForward = Number("d_hid"),
            HeadLayers = Number("nlayers_cls"),
            Bins = isCategory ? Number("n_input_bins") - 2 : 51,
            Dropout = 0, // the fixtures were made without
            Values = isCategory ? ValueEncoding.Category : ValueEncoding.Continuous,
            CellVector = Text("cell_emb_style") == "cls" ? CellVector.Cls : CellVector.Mean,
            CellDecoding = CellDecoding.InnerProduct,
            ZeroProbability = Flag("explicit_zero_prob"),
            ReadsZeros = Flag("explicit_zero_prob"),
            BatchLabels = Flag("use_batch_labels"),
            Adversary = Flag("do_dab"),
        };
        Assert.Equal(Golden.Config["pad_value"]!.GetValue<int>(), Config.PaddingValue);
        Assert.Equal(Golden.Config["mask_value"]!.GetValue<int>(), Config.MaskValue);
        var special = Golden.Config["vocab"]!.AsObject().ToDictionary(token => token.Value!.GetValue<int>(), token => token.Key);
        Vocabulary = new ScGptVocabulary([.. Enumerable.Range(0, Number("ntoken")).Select(token => special.GetValueOrDefault(token) ?? $"GENE{token}")]);
        Module = new ScGptModule(Config, Vocabulary, Number("n_cls"), Golden.Config["num_batch_labels"]?.GetValue<int>() ?? 0);
        Module.LoadPublished(Golden.Under("state."), name);
        Lengths = [.. Enumerable.Range(0, Rows).Select(cell => Enumerable.Range(0, Width).Count(place => !Golden["padding_mask"][cell][place].item<bool>()))];
    }

    public Golden Golden { get; }

    public ScGptConfig Config { get; }

    public ScGptVocabulary Vocabulary { get; }

    public ScGptModule Module { get; }

    /// <summary>Tokens of each cell that are no padding.</summary>
    public int[] Lengths { get; }

    public double Threshold => Golden.Config["ecs_threshold"]!.GetValue<double>();

    private int Rows => (int)Golden["src"].shape[0];

    private int Width => (int)Golden["src"].shape[1];

    /// <summary>The cells with what is hidden of them, or with every value to be predicted.</summary>
    /// <param name="predictsAll">True to predict all values, padding's too where there is any.</param>
    /// <param name="isPadded">True to fill cells up, as the reference does.</param>
    public ScGptBatch Batch(bool predictsAll, bool isPadded)
    {
        HiddenCell[] cells = [.. Enumerable.Range(0, Rows).Select(cell => Cell(cell, isPadded ? Width : Lengths[cell], predictsAll))];
        var batch = ScGptBatch.Pack(cells, ComputeDevice.Current);
        return batch with
        {
            Attended = isPadded ? Golden["padding_mask"].logical_not().flatten() : null,
            Types = Golden["cell_labels"],
            Batches = Golden.Has("batch_labels") ? Golden["batch_labels"] : null,
        };
    }

    /// <summary>Those of a padded tensor [cells, length, ...] that a batch has, one cell after another.</summary>
    public Tensor Packed(string name, bool isPadded) =>
        isPadded ? Golden[name].flatten(0, 1) : cat([.. Lengths.Select((length, cell) => Golden[name][cell].narrow(0, 0, length))]);

    private HiddenCell Cell(int cell, int length, bool predictsAll)
    {
        int[] tokens = [.. Golden.Integers("src").Skip(cell * Width).Take(length).Select(token => (int)token)];
        float[] Row(string name) => [.. Golden[name][cell].data<float>().ToArray().Take(length)];
        var targets = Row("target_values");
        int[] hidden = [.. Enumerable.Range(0, length).Where(place => predictsAll || Golden["masked_positions"][cell][place].item<bool>())];
        return new HiddenCell(tokens, Row("values"), hidden, Array.ConvertAll(hidden, place => targets[place]));
    }

    private int Number(string name) => Golden.Config[name]!.GetValue<int>();

    private string Text(string name) => Golden.Config[name]!.GetValue<string>();

    private bool Flag(string name) => Golden.Config[name] is JsonValue value && value.GetValue<bool>();
}
