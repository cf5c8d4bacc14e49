using ScFm.Model.Models.ScVi;

/// <summary>One line of the table: a model.</summary>
/// <param name="Name">What --rows calls it.</param>
/// <param name="Config">The model.</param>
/// <param name="HasPeer">True where the peer has that model.</param>
internal sealed record Row(string Name, ScViConfig Config, bool HasPeer)
{
    public const int Cells = 10_000;
    public const int Genes = 2_000;
    public const int BatchSize = 128;

    /// <summary>The wanted ratio of the peer's seconds to ours, or more.</summary>
    public const double Wanted = 5;

    /// <summary>Epochs of a process that are timed, behind one that warms.</summary>
    public const int Epochs = 7;

    /// <summary>Processes of each side, in turn with the other's.</summary>
    public const int Rounds = 3;

    public static readonly Row[] All =
    [
        new("ldvae", ScViConfig.Linear, true),
        new("ldvae-2-layers", ScViConfig.Linear with { Layers = 2 }, true),
        new("scvi", new(), false),
    ];
}
