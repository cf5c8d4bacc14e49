using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScFm.Model.Models.DeepCdr;

/// <summary>The shape of a DeepCDR.</summary>
/// <remarks>Source: DeepCDR (Liu et al. 2020), in the form that scFoundation (Hao et al. 2024) trains; the defaults are the published ones.</remarks>
public sealed record DeepCdrConfig
{
    private const int MostUnits = 16_384;

    /// <summary>Widths of the graph convolutions, the last of which is the drug's vector. Default: 256, 256, 256, 100.</summary>
    public int[] Units { get; init; } = [256, 256, 256, 100];

    /// <summary>Features of an atom. Default: 75.</summary>
    [Range(1, MostUnits)] public int AtomFeatures { get; init; } = 75;

    /// <summary>Slots for a drug's atoms; those it does not fill take part in normalisation and pooling, as published. Default: 100.</summary>
    [Range(1, 10_000)] public int Slots { get; init; } = 100;

    /// <summary>How the atoms of a drug become one vector. Default: their mean.</summary>
    public DrugPooling Pooling { get; init; } = DrugPooling.Mean;

    /// <summary>Dropout after every part, 0 to below 1. Default: 0.1.</summary>
    [Range(0, 0.99)] public double Dropout { get; init; } = 0.1;

    /// <summary>Dropout before the last layer, 0 to below 1. Default: 0.2.</summary>
    [Range(0, 0.99)] public double LastDropout { get; init; } = 0.2;

    /// <summary>The tables of cell lines, in the order in which their vectors follow the drug's. Default: none, which no model can be made of.</summary>
    public CellBranch[] Branches { get; init; } = [];

    /// <summary>The shape as JSON: the same text for the same shape.</summary>
    public override string ToString() => JsonSerializer.Serialize(this);

    /// <summary>Checks what no range can say.</summary>
    /// <exception cref="ArgumentException">A value is out of range, there is no graph convolution or branch, or two branches share a name.</exception>
    internal DeepCdrConfig Checked()
    {
        Options.Validate(this);
        if (Units.Length == 0 || Units.Any(width => width is < 1 or > MostUnits))
        {
            throw new ArgumentException($"Units is [{string.Join(", ", Units)}]; expected at least one width of 1 to {MostUnits}.");
        }
        if (Branches.Length == 0)
        {
            throw new ArgumentException("Branches is empty; expected at least one table of cell lines.");
        }
        if (Branches.Any(branch => branch?.Name is null))
        {
            throw new ArgumentException("A branch has no name; expected one for each table of cell lines.");
        }
        foreach (var branch in Branches)
        {
            var least = branch.Convolved ? ConvolvedBranch.LeastWidth : 1;
            if (branch.Width < least)
            {
                throw new ArgumentException($"The branch '{branch.Name}' has a width of {branch.Width}; expected at least {least}.");
            }
        }
        return Branches.GroupBy(branch => branch.Name).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new ArgumentException($"Two branches are named '{twice.Key}'; expected distinct names.")
            : this;
    }

    /// <summary>Weights that a module of this shape has at least.</summary>
    [JsonIgnore]
    internal long LeastWeights
    {
        get
        {
            var inputs = Units.Prepend(AtomFeatures);
            return inputs.Zip(Units, (from, to) => (long)from * to).Sum()
                + Branches.Sum(branch => branch.Convolved ? ConvolvedBranch.Flat(branch.Width) * DenseBranch.Width : (long)branch.Width * DenseBranch.Hidden);
        }
    }
}
