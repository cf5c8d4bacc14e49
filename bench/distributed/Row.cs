/// <summary>One line of the table: a size of scFoundation that is pretrained by one rank and by two.</summary>
/// <param name="Preset">The size, and what --rows calls it.</param>
/// <param name="Cells">Cells that a rank takes in a step, where each added rank adds as many.</param>
internal sealed record Row(string Preset, int Cells)
{
    /// <summary>Ranks that are compared with one.</summary>
    public const int Ranks = 2;

    /// <summary>Processes of each kind, in turn with the others.</summary>
    public const int Rounds = 2;

    public static readonly Row[] All = [new("tiny", 16), new("3m", 4)];
}
