using System.Text.RegularExpressions;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>Translates our parameter names to those of the published checkpoints, and back.</summary>
/// <remarks>Files carry the published names, so that what we write is read by the reference and the reverse.</remarks>
public static partial class CheckpointNames
{
    private static readonly (string ours, string published)[] DecoderParts =
    [
        ("attention_norm", "0.norm"),
        ("attention.projection_matrix", "0.fn.fast_attention.projection_matrix"),
        ("attention", "0.fn"),
        ("feed_forward_norm", "1.norm"),
        ("w1", "1.fn.fn.w1"),
        ("w2", "1.fn.fn.w2"),
    ];

    /// <summary>Our name to the published one.</summary>
    public static string ToPublished(string name)
    {
        if (name == "decoder.calls_since_last_redraw")
        {
            return "decoder.performer.calls_since_last_redraw";
        }
        return Translate(name, OurBlock().Match(name), "decoder.performer.net.layers", p => p.ours, p => p.published);
    }

    /// <summary>A published name to ours.</summary>
    public static string FromPublished(string name)
    {
        if (name == "decoder.performer.calls_since_last_redraw")
        {
            return "decoder.calls_since_last_redraw";
        }
        return Translate(name, PublishedBlock().Match(name), "decoder.blocks", p => p.published, p => p.ours);
    }

    /// <summary>A name of the published file without what the training program put around it: the text between the first two "model.".</summary>
    /// <remarks>Source: reference file load.py, convertconfig. A name without "model." stays as it is.</remarks>
    public static string WithoutPrefix(string name) => name.Split("model.") is [_, var inner, ..] ? inner : name;

    private static string Translate(
        string name, Match block, string prefix, Func<(string ours, string published), string> from, Func<(string ours, string published), string> to)
    {
        if (!block.Success)
        {
            return name;
        }
        var rest = block.Groups[2].Value;
        foreach (var part in DecoderParts)
        {
            if (rest == from(part) || rest.StartsWith(from(part) + ".", StringComparison.Ordinal))
            {
                return $"{prefix}.{block.Groups[1].Value}.{to(part)}{rest[from(part).Length..]}";
            }
        }
        return name;
    }

    [GeneratedRegex(@"^decoder\.blocks\.(\d+)\.(.+)$")]
    private static partial Regex OurBlock();

    [GeneratedRegex(@"^decoder\.performer\.net\.layers\.(\d+)\.(.+)$")]
    private static partial Regex PublishedBlock();
}
