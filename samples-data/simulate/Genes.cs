namespace ScFm.Simulate;

/// <summary>The genes that are simulated: real symbols where the gene marks a type, a programme or a group; SIM0001 and so on elsewhere.</summary>
internal static class Genes
{
    internal static readonly string[] Ribosomal =
    [
        .. Words("RPL3 RPL4 RPL5 RPL6 RPL7 RPL8 RPL9 RPL10 RPL11 RPL12 RPL13 RPL14 RPL15 RPL18 RPL19 RPL21 RPL23 RPL24 RPL27 RPL28 RPL29 RPL30 RPL31 RPL32 RPL34 RPL35 RPL37 RPL38"),
        .. Words("RPS2 RPS3 RPS4X RPS5 RPS6 RPS7 RPS8 RPS9 RPS10 RPS11 RPS12 RPS13 RPS14 RPS15 RPS16 RPS18 RPS19 RPS20 RPS23 RPS24 RPS25 RPS27 RPS28 RPS29 RPLP0 RPLP1 RPLP2 RPSA"),
    ];

    internal static readonly string[] Mitochondrial =
        Words("MT-ND1 MT-ND2 MT-ND3 MT-ND4 MT-ND4L MT-ND5 MT-CO1 MT-CO2 MT-CO3 MT-ATP6 MT-ATP8 MT-CYB");

    internal static readonly string[] Household =
        Words("MALAT1 B2M TMSB4X TMSB10 ACTB EEF1A1 FTL FTH1 TPT1 PTMA ACTG1 GAPDH HLA-A HLA-B HLA-C H3F3B UBA52 FAU NACA EIF1 BTF3 CFL1 PFN1 UBB UBC SERF2 OAZ1 HNRNPA1 NPM1 EEF2");

    /// <summary>Splits words at spaces.</summary>
    internal static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
