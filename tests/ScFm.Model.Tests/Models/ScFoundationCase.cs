using System.Text.Json.Nodes;
using ScFm.Model.Models.ScFoundation;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models;

/// <summary>A fixture of the official scFoundation as this project's module and tokens.</summary>
internal sealed class ScFoundationCase
{
    private readonly Golden golden;
    private readonly double maskId;

    public ScFoundationCase(Golden golden)
    {
        this.golden = golden;
        maskId = golden.Config["mask_token_id"]!.GetValue<double>();
        Module = new ScFoundationModule(SizesOf(golden.Config));
        Module.LoadPublished(golden.Under("state."), golden.Name);
        Module.eval();
    }

    /// <summary>The sizes that a fixture's configuration names, without dropout: the fixtures were made without.</summary>
    public static ScFoundationConfig SizesOf(JsonObject config)
    {
        var (encoder, decoder) = (config["encoder"]!, config["decoder"]!);
        return new ScFoundationConfig
        {
            Genes = config["seq_len"]!.GetValue<int>() - 2,
            EncoderWidth = encoder["hidden_dim"]!.GetValue<int>(),
            EncoderDepth = encoder["depth"]!.GetValue<int>(),
            EncoderHeads = encoder["heads"]!.GetValue<int>(),
            DecoderWidth = decoder["hidden_dim"]!.GetValue<int>(),
            DecoderDepth = decoder["depth"]!.GetValue<int>(),
            DecoderHeads = decoder["heads"]!.GetValue<int>(),
            DecoderHeadWidth = decoder["dim_head"]!.GetValue<int>(),
            Bins = config["bin_num"]!.GetValue<int>(),
            BinAlpha = config["bin_alpha"]!.GetValue<double>(),
            Dropout = 0,
        };
    }

    public ScFoundationModule Module { get; }

    public int Genes => Module.Config.Genes;

    public int Cells => (int)golden["input"].shape[0];

    /// <summary>Tokens of the fixture's whole cells.</summary>
    public CellTokens[] Whole() => [.. Enumerable.Range(0, Cells).Select(cell => Tokens(Row("input", cell), Row("input", cell), _ => false, null))];

    /// <summary>Tokens of a training case.</summary>
    /// <param name="maskedInEncoder">False for the paper's variant, where masked genes are removed from the encoder; true for the published helper's.</param>
    /// <param name="wantMasked">True to ask for the masked genes only, false for all.</param>
    public CellTokens[] Training(bool maskedInEncoder, bool wantMasked)
    {
        return
        [
            .. Enumerable.Range(0, (int)golden["train.mask"].shape[0]).Select(cell =>
            {
                var mask = golden["train.mask"][cell].data<bool>().ToArray();
                return Tokens(Row("train.target", cell), Row("train.data", cell), gene => mask[gene] && !maskedInEncoder, wantMasked ? gene => mask[gene] : null);
            }),
        ];
    }

    /// <summary>Tokens of a row as the reference holds it: genes, T, S. A gene is visible where the row is above zero and it is not removed.</summary>
    private CellTokens Tokens(float[] row, float[] given, Func<int, bool> removed, Func<int, bool>? wanted)
    {
        int[] all = [.. Enumerable.Range(0, Genes)];
        int[] visible = [.. all.Where(gene => row[gene] > 0 && !removed(gene))];
        int[] hidden = [.. all.Except(visible).Where(gene => given[gene] != 0)];
        int[]? asked = wanted is null ? null : [.. all.Where(wanted)];
        return new CellTokens
        {
            Visible = visible,
            VisibleValues = [.. visible.Select(gene => Unmasked(given[gene]))],
            Hidden = hidden,
            HiddenValues = [.. hidden.Select(gene => Unmasked(given[gene]))],
            TargetDepth = row[Genes],
            SourceDepth = row[Genes + 1],
            Wanted = asked,
            Targets = asked is null ? [] : [.. asked.Select(gene => row[gene])],
        };
    }

    private float Unmasked(float value) => value == (float)maskId ? float.NaN : value;

    private float[] Row(string name, int cell) => golden[name][cell].to(ScalarType.Float32).data<float>().ToArray();
}
