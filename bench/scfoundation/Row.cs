using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Nn;
using ScFm.Torch.Extras;

/// <summary>One line of the table: a size of the model, cells and what is done with them.</summary>
/// <param name="Name">What --rows calls it.</param>
/// <param name="Preset">A preset of ours whose sizes are those of the peer's preset of that name.</param>
/// <param name="Work">What is timed.</param>
/// <param name="Expressed">Expressed genes of each cell.</param>
/// <param name="Repeat">Timed runs of a process, behind one that warms it.</param>
/// <param name="Rounds">Processes of each side, in turn with the other's.</param>
internal sealed record Row(string Name, string Preset, Work Work, int[] Expressed, int Repeat, int Rounds)
{
    /// <summary>Genes of the published vocabulary.</summary>
    public const int Genes = 19_264;

    private static readonly int[] Unequal = [500, 800, 1200, 5000, 700, 900, 3000, 600];

    public static readonly Row[] All =
    [
        new("100m-embed-500", "100m", Work.Embed, [500], 5, 3) { Wanted = 1.5 },
        new("100m-embed-2000", "100m", Work.Embed, [2000], 3, 3) { Wanted = 3.2 },
        new("100m-embed-2000-bf16", "100m", Work.Embed, [2000], 3, 3) { Wanted = 2, IsBf16 = true },
        new("100m-expression", "100m", Work.Expression, [2000], 2, 2) { Wanted = 4 },
        new("100m-train", "100m", Work.Train, [2000], 1, 1) { Wanted = 4 },
        new("3m-embed-500", "3m", Work.Embed, [500], 30, 3) { Wanted = 3 },
        new("3m-embed-2000", "3m", Work.Embed, [2000], 10, 3) { Wanted = 8 },
        new("3m-expression", "3m", Work.Expression, [2000], 5, 3) { Wanted = 6 },
        new("3m-train", "3m", Work.Train, [2000, 2000], 3, 3) { Wanted = 6, PeerPads = true },
        new("3m-embed-8-cells", "3m", Work.Embed, Unequal, 2, 2) { Wanted = 8 },
        new("3m-embed-8-cells-padded", "3m", Work.Embed, Unequal, 2, 2) { Wanted = 8, PeerPads = true },
    ];

    /// <summary>True where the peer runs the cells as one padded batch, not one by one; ours always packs them into one.</summary>
    public bool PeerPads { get; init; }

    /// <summary>True for matrix products in bfloat16.</summary>
    public bool IsBf16 { get; init; }

    /// <summary>The wanted ratio of the peer's seconds to ours, or more. Default: 1, as fast as the peer.</summary>
    public double Wanted { get; init; } = 1;

    /// <summary>The sizes; without dropout and redrawn features, as the peer.</summary>
    public ScFoundationConfig Config => Presets.Find(Preset, Genes) with { Dropout = 0, RedrawInterval = 0 };

    /// <summary>What matrix products compute in.</summary>
    public Precision Precision => IsBf16 ? Precision.BFloat16 : Precision.Float32;

    /// <summary>Why this machine cannot run the row; null where it can.</summary>
    public string? Obstacle => IsBf16 && !Kernels.HasBFloat16 ? "this processor does not multiply bfloat16" : null;

    /// <summary>GFLOP of the matrix products that the published model needs, two a multiply-add; a training step needs those of three forward passes.</summary>
    public double Gflop => Expressed.Sum(genes => Cell.Flops(Config, Work, genes)) / 1e9;
}
