using System.Text.RegularExpressions;
using ScFm.Model.Nn;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>Translates our parameter names to those of the published checkpoints, and back.</summary>
/// <remarks>Files carry the published names, so that what we write is read by the reference and the reverse.</remarks>
public static partial class CheckpointNames
{
    /// <summary>Our name to the published one.</summary>
    public static string ToPublished(string name)
    {
        if (name == "decoder.calls_since_last_redraw")
        {
            return "decoder.performer.calls_since_last_redraw";
        }
        return Translate(name, OurBlock().Match(name), "decoder.performer.net.layers", PerformerNames.ToPublished);
    }

    /// <summary>A published name to ours.</summary>
    public static string FromPublished(string name)
    {
        if (name == "decoder.performer.calls_since_last_redraw")
        {
            return "decoder.calls_since_last_redraw";
        }
        return Translate(name, PublishedBlock().Match(name), "decoder.blocks", PerformerNames.FromPublished);
    }

    /// <summary>A name of the published file without what the training program put around it: the text between the first two "model.".</summary>
    /// <remarks>Source: reference file load.py, convertconfig. A name without "model." stays as it is.</remarks>
    public static string WithoutPrefix(string name) => name.Split("model.") is [_, var inner, ..] ? inner : name;

    private static string Translate(string name, Match block, string prefix, Func<string, string?> part) =>
        block.Success && part(block.Groups[2].Value) is { } translated ? $"{prefix}.{block.Groups[1].Value}.{translated}" : name;

    [GeneratedRegex(@"^decoder\.blocks\.(\d+)\.(.+)$")]
    private static partial Regex OurBlock();

    [GeneratedRegex(@"^decoder\.performer\.net\.layers\.(\d+)\.(.+)$")]
    private static partial Regex PublishedBlock();
}
