/// <summary>What is measured of GEARS.</summary>
internal static class GearsRow
{
    /// <summary>Cells of an epoch.</summary>
    public const int Cells = 7_000;

    /// <summary>Genes that are predicted.</summary>
    public const int Genes = 5_000;

    /// <summary>Conditions, each of one target.</summary>
    public const int Perturbations = 100;

    /// <summary>Width of the vectors, as published.</summary>
    public const int Width = 64;

    /// <summary>Neighbours of a gene.</summary>
    public const int Neighbours = 5;

    /// <summary>Cells in a step, as published.</summary>
    public const int BatchSize = 32;

    /// <summary>Steps before the time is taken.</summary>
    public const int WarmUp = 1;

    /// <summary>Steps that are timed.</summary>
    public const int Steps = 3;

    /// <summary>Processes of each side, by turns.</summary>
    public const int Rounds = 3;

    /// <summary>The peer needs to be so many times slower.</summary>
    public const double Wanted = 3;

    /// <summary>Genes over which both sides' gradients are compared: of 5,000 some values always lie so near 0 that rounding decides on which side of a ReLU.</summary>
    public const int ComparedGenes = 200;

    /// <summary>What the peer is told.</summary>
    /// <param name="genes">How many genes.</param>
    public static string[] Sizes(int genes) => [$"{genes}", $"{Perturbations}", $"{Width}", $"{Neighbours}", $"{BatchSize}"];

    /// <summary>The time of an epoch of that of the timed steps.</summary>
    public static Measurement Epoch(Measurement steps) => steps with { Seconds = steps.Seconds / Steps * ((Cells + BatchSize - 1) / BatchSize) };
}
