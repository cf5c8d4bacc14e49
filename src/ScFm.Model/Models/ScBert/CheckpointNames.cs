using ScFm.Model.Nn;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScBert;

/// <summary>Our weights under the names and shapes of the published checkpoints.</summary>
public static class CheckpointNames
{
    private const string Block = "blocks.";
    private const string PublishedBlock = "performer.net.layers.";
    private const string Output = "to_out.";
    private const string Convolution = "conv1.weight";

    /// <summary>The published name of one of the module's weights.</summary>
    public static string ToPublished(string name)
    {
        if (name.StartsWith(Block, StringComparison.Ordinal))
        {
            var dot = name.IndexOf('.', Block.Length);
            return $"{PublishedBlock}{name[Block.Length..dot]}.{PerformerNames.ToPublished(name[(dot + 1)..])}";
        }
        return name switch
        {
            "gene_vectors" => "pos_emb.emb.weight",
            "calls_since_last_redraw" => "performer.calls_since_last_redraw",
            _ => name,
        };
    }

    /// <summary>The weights of a pretrained model; views of the same values.</summary>
    public static Dictionary<string, Tensor> Of(ScBertModule module) => module.state_dict().ToDictionary(weight => ToPublished(weight.Key), weight => weight.Value);

    /// <summary>The weights of a fine-tuned model: its head stands where the output of pretraining stood.</summary>
    public static Dictionary<string, Tensor> Of(ScBertModule module, ConvolutionHead head)
    {
        var published = Of(module).Where(weight => !weight.Key.StartsWith(Output, StringComparison.Ordinal)).ToDictionary();
        foreach (var (name, weight) in head.state_dict())
        {
            published[Output + name] = name == Convolution ? weight.view(1, 1, 1, -1) : weight; // there it is a two-dimensional convolution
        }
        return published;
    }
}
