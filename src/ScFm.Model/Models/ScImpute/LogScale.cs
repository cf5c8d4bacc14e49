using ScFm.Model.Cells;

namespace ScFm.Model.Models.ScImpute;

/// <summary>scImpute's scale: log10(counts per million + 1.01).</summary>
internal static class LogScale
{
    private const double PerMillion = 1e6;
    private const double Offset = 1.01;

    /// <summary>What a gene without counts has.</summary>
    internal static readonly double Zero = Math.Log10(Offset);

    /// <summary>How far each value lies above <see cref="Zero"/>, with the zeros of the counts.</summary>
    internal static CsrMatrix AboveZero(CsrMatrix counts)
    {
        var libraries = counts.RowSums();
        return counts.MapRows((cell, values) =>
        {
            foreach (ref var value in values)
            {
                value = (float)(Math.Log10(PerMillion * value / libraries[cell] + Offset) - Zero);
            }
        });
    }

    /// <summary>log1p of counts per 10,000 of a value on this scale; one below that of no counts is none.</summary>
    internal static double ToLogNormalised(double value) =>
        Math.Log(1 + Math.Max(0, Math.Pow(10, value) - Offset) * Normalisation.DefaultTarget / PerMillion);
}
