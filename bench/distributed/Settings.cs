using System.Globalization;

/// <summary>What a run of the benchmark is asked for.</summary>
internal sealed record Settings
{
    /// <summary>The sizes that are measured. Default: all.</summary>
    public Row[] Rows { get; private init; } = Row.All;

    /// <summary>The machine whose table is kept; null keeps none.</summary>
    public string? Machine { get; private init; }

    /// <summary>A card's speed in training the published size, GFLOP/s, where it was measured elsewhere, such as by bench/gpu; null takes this machine's.</summary>
    public double? Card { get; private init; }

    /// <summary>Cells a card takes in a step, for the model.</summary>
    public int Cells { get; private init; } = 16;

    /// <summary>Link between the cards of a node, GB/s in one direction: NVLink 4.</summary>
    public double Link { get; private init; } = 450;

    /// <summary>Network of a card, Gbit/s.</summary>
    public double Network { get; private init; } = 400;

    /// <summary>Latency of a message, µs.</summary>
    public double Latency { get; private init; } = 10;

    /// <summary>Cards in nodes of eight.</summary>
    public Cluster Cluster => new(8, Link * 1e9, Network * 1e9 / 8, Latency * 1e-6);

    /// <summary>Reads the options.</summary>
    /// <exception cref="ArgumentException">One is not known, or its value is none.</exception>
    public static Settings Of(string[] args)
    {
        var settings = new Settings();
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            var isNumber = double.TryParse(value, CultureInfo.InvariantCulture, out var number) && number > 0;
            settings = args[i] switch
            {
                "--rows" when value.Length > 0 => settings with { Rows = Array.ConvertAll(value.Split(','), name => RowOptions.Find(name, Row.All, row => row.Preset)) },
                "--record" when value.Length > 0 => settings with { Machine = value },
                "--card" when isNumber => settings with { Card = number },
                "--cells" when isNumber && number >= 1 => settings with { Cells = (int)number },
                "--link" when isNumber => settings with { Link = number },
                "--network" when isNumber => settings with { Network = number },
                "--latency" when isNumber => settings with { Latency = number },
                _ => throw new ArgumentException(
                    $"'{args[i]} {value}' was found; expected [--rows NAME,...] [--record MACHINE] [--card GFLOP/s] [--cells N] [--link GB/s] [--network Gbit/s] [--latency µs]."),
            };
        }
        return settings;
    }
}
