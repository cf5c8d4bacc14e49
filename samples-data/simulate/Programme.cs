namespace ScFm.Simulate;

/// <summary>A programme that cells of several types run more or less strongly: the genes move together.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Genes">The genes that move together.</param>
/// <param name="Strength">Standard deviation of the log of expression that the programme adds, before each gene's own loading.</param>
/// <param name="Share">Share of the cells that run it; 1 where all do, more or less.</param>
/// <param name="Types">The types in which it runs; empty where it runs in all.</param>
internal sealed record Programme(string Name, string[] Genes, double Strength, double Share, params string[] Types)
{
    internal static readonly Programme[] All =
    [
        new("cell cycle", Simulate.Genes.Words("MKI67 TOP2A CDK1 NUSAP1 UBE2C BIRC5 TYMS PCNA MCM5 RRM2 CENPF TPX2 HMGB2 STMN1 TUBB TUBA1B H2AFZ HMGN2"), 2.0, 0.06),
        new("interferon", Simulate.Genes.Words("ISG15 IFI6 IFIT1 IFIT2 IFIT3 MX1 MX2 OAS1 OASL ISG20 IFI44L LY6E IRF7 STAT1 XAF1 BST2"), 1.0, 1),
        new("immediate early", Simulate.Genes.Words("FOS JUN JUNB FOSB EGR1 DUSP1 IER2 ZFP36 NFKBIA KLF6 CD69 BTG2"), 0.8, 1),
        new("inflammation", Simulate.Genes.Words("IL1B CXCL8 CCL3 NFKBIZ TNFAIP3 PTGS2 CXCL2 SOD2 IER3 CD83"), 1.1, 1, "CD14+ Mono", "FCGR3A+ Mono", "DC"),
        new("naive to memory", Simulate.Genes.Words("S100A4 S100A11 ANXA1 ITGB1 LGALS1 CRIP1 AHNAK VIM KLRB1 TIMP1"), 0.9, 1, "CD4 T", "CD8 T"),
        new("plasma", Simulate.Genes.Words("JCHAIN MZB1 XBP1 SSR4 HSP90B1 IGHM SDC1 TNFRSF17 DERL3"), 1.3, 0.25, "B"),
    ];
}
