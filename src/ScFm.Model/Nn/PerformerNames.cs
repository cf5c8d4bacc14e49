namespace ScFm.Model.Nn;

/// <summary>The names of a <see cref="PerformerBlock"/>'s weights in published checkpoints, which scBERT and scFoundation share.</summary>
internal static class PerformerNames
{
    private static readonly (string Ours, string Published)[] parts =
    [
        ("attention_norm", "0.norm"),
        ("attention.projection_matrix", "0.fn.fast_attention.projection_matrix"),
        ("attention", "0.fn"),
        ("feed_forward_norm", "1.norm"),
        ("w1", "1.fn.fn.w1"),
        ("w2", "1.fn.fn.w2"),
    ];

    /// <summary>The published name of one of a block's weights; null where there is none.</summary>
    public static string? ToPublished(string name) => Translate(name, part => part.Ours, part => part.Published);

    /// <summary>Our name of one of a published block's weights; null where there is none.</summary>
    public static string? FromPublished(string name) => Translate(name, part => part.Published, part => part.Ours);

    private static string? Translate(string name, Func<(string Ours, string Published), string> from, Func<(string Ours, string Published), string> to)
    {
        foreach (var part in parts)
        {
            if (name == from(part) || name.StartsWith(from(part) + ".", StringComparison.Ordinal))
            {
                return to(part) + name[from(part).Length..];
            }
        }
        return null;
    }
}
