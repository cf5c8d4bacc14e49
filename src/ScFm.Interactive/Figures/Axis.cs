namespace ScFm.Interactive.Figures;

/// <summary>One axis of a panel.</summary>
public sealed record Axis
{
    /// <summary>What the axis measures, with its unit. Default: nothing.</summary>
    public string? Title { get; init; }

    /// <summary>The values at both ends, on a logarithmic axis above 0. Default: what the marks need.</summary>
    public (double Least, double Greatest)? Range { get; init; }

    /// <summary>Names of the places 0, 1, 2, ... of a category axis. Default: none, a number axis.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>Names of the unit cells of a heat map: between 0 and 1, between 1 and 2, ... Default: none.</summary>
    public IReadOnlyList<string>? CellNames { get; init; }

    /// <summary>Named stretches of the axis, each with a strip of its colour beside the panel; they replace the ticks. Default: none.</summary>
    public IReadOnlyList<Band>? Bands { get; init; }

    /// <summary>True to show ticks and their numbers. Default: true.</summary>
    public bool ShowTicks { get; init; } = true;

    /// <summary>True to draw the axis itself. Default: true.</summary>
    public bool ShowLine { get; init; } = true;

    /// <summary>True to draw grid lines. Default: true.</summary>
    public bool ShowGrid { get; init; } = true;

    /// <summary>True to let values grow to the left or downwards. Default: false.</summary>
    public bool Reversed { get; init; }

    /// <summary>True for a logarithmic axis; values that are not above 0 are then left out. Default: false.</summary>
    public bool Logarithmic { get; init; }
}
