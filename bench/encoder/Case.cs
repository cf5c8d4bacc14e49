/// <summary>One size of the encoder and one batch.</summary>
/// <param name="Name">The preset.</param>
/// <param name="Width">Width of a token.</param>
/// <param name="Depth">Number of blocks.</param>
/// <param name="Heads">Attention heads.</param>
/// <param name="Cells">Cells in the batch.</param>
/// <param name="Tokens">Tokens of the longest cell; cell i has (37 i mod Tokens / 4) fewer.</param>
/// <param name="Runs">Timed runs of each side.</param>
internal sealed record Case(string Name, int Width, int Depth, int Heads, int Cells, int Tokens, int Runs)
{
    public static readonly Case[] All =
    [
        new("tiny", 64, 2, 2, 8, 600, 15),
        new("3m", 128, 4, 4, 8, 600, 11),
        new("100m", 768, 12, 12, 1, 500, 7),
    ];

    public int Length(int cell) => Tokens - 37 * cell % (Tokens / 4);

    public int TokenCount => Enumerable.Range(0, Cells).Sum(Length);

    public override string ToString() => $"{Width} {Depth} {Heads} {string.Join(',', Enumerable.Range(0, Cells).Select(Length))}";
}
