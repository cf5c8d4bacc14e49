using MathNet.Numerics.Distributions;
using ScFm.Model.Cells;
using ScFm.Model.Tests.Tasks.Enhancers;

namespace ScFm.Model.Tests.Models.ScImpute;

/// <summary>Deeply read cells of three kinds in which a twentieth of the values of some genes was lost.</summary>
internal sealed class PlantedDropouts
{
    internal const int CellCount = 240;
    internal const int GeneCount = 120;

    internal PlantedDropouts(int seed)
    {
        var random = new Random(seed);
        var (whole, kept) = (new DenseMatrix(CellCount, GeneCount), new DenseMatrix(CellCount, GeneCount));
        for (var cell = 0; cell < CellCount; cell++)
        {
            for (var gene = 0; gene < GeneCount; gene++)
            {
                var mean = gene % 3 == cell % 3 ? 400 + 10 * gene : gene < 60 ? 60 : 0;
                whole[cell, gene] = mean == 0 ? 0 : Poisson.Sample(random, mean * (0.9 + 0.2 * random.NextDouble()));
                var lost = gene < 60 && random.NextDouble() < 0.05;
                kept[cell, gene] = lost ? 0 : whole[cell, gene];
                if (lost)
                {
                    Lost.Add((cell, gene));
                }
            }
        }
        Truth = Normalisation.LogNormalise(CsrMatrix.FromDense(whole)).ToDense();
        Cells = Recovery.Cells(CsrMatrix.FromDense(kept));
    }

    /// <summary>What was read.</summary>
    internal AnnData Cells { get; }

    /// <summary>What would have been read without loss: log1p of counts per 10,000.</summary>
    internal DenseMatrix Truth { get; }

    internal List<(int Cell, int Gene)> Lost { get; } = [];

    internal string[] Kinds { get; } = [.. Enumerable.Range(0, CellCount).Select(cell => (cell % 3).ToString())];
}
