namespace ScFm.Simulate;

/// <summary>A cell type: how many cells, how deep they are, and what they express more than others.</summary>
/// <param name="Name">The label.</param>
/// <param name="Cells">Number of cells.</param>
/// <param name="Depth">Library size relative to the others.</param>
/// <param name="Markers">Marker genes, the strongest first; one that several types list is shared by them.</param>
internal sealed record CellType(string Name, int Cells, double Depth, string[] Markers)
{
    private const string T = "CD3D CD3E IL32 CD2 TRAC LCK CD3G CD27 CD7";
    private const string Cytotoxic = "CCL5 NKG7 CST7 GZMA CTSW GZMM PRF1 KLRG1";
    private const string Myeloid = "CST3 TYROBP LST1 AIF1 FCER1G COTL1 CTSS SPI1 CFD SAT1 PSAP";
    private const string Antigen = "CD74 HLA-DRA HLA-DPB1 HLA-DPA1 HLA-DRB1 HLA-DQA1 HLA-DQB1";

    internal static readonly CellType[] All =
    [
        Make("CD4 T", 300, 1.0, $"IL7R LDHB CCR7 LTB {T} MAL NOSIP TCF7 LEF1 SELL CD4 AQP3 TNFRSF4 FHIT"),
        Make("CD14+ Mono", 190, 1.3, $"LYZ S100A9 S100A8 CD14 {Myeloid} S100A12 FCN1 VCAN LGALS2 MS4A6A GPX1 CSF3R MNDA HLA-DRA CD74"),
        Make("CD8 T", 140, 0.95, $"CD8A CD8B {Cytotoxic} {T} GZMK GZMH LYAR CCL4 TRGC2"),
        Make("B", 130, 1.0, $"CD79A MS4A1 {Antigen} CD79B TCL1A CD37 LINC00926 VPREB3 BANK1 CD19 HVCN1 FCER2 CD22"),
        Make("NK", 70, 1.05, $"GNLY GZMB FGFBP2 SPON2 {Cytotoxic} KLRD1 KLRF1 CLIC3 XCL2 TYROBP FCER1G FCGR3A KLRB1 CD7 NCAM1"),
        Make("FCGR3A+ Mono", 50, 1.35, $"FCGR3A MS4A7 {Myeloid} IFITM3 IFITM2 RHOC CDKN1C LILRB2 HES4 CKB LYZ HLA-DRA CD74 HMOX1"),
        Make("DC", 20, 1.6, $"FCER1A CLEC10A CD1C {Antigen} HLA-DMA HLA-DMB LYZ {Myeloid} CPVL ENHO SERPINF1 GPR183"),
    ];

    private static CellType Make(string name, int cells, double depth, string markers) => new(name, cells, depth, Genes.Words(markers));
}
