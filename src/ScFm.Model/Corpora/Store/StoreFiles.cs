namespace ScFm.Model.Corpora.Store;

/// <summary>How the files of a store are called.</summary>
internal static class StoreFiles
{
    /// <summary>The genes' names.</summary>
    public const string Genes = "genes.bin";

    /// <summary>The genes' Ensembl ids.</summary>
    public const string GeneIds = "gene-ids.bin";

    /// <summary>The cells' names.</summary>
    public const string Cells = "cells.bin";

    /// <summary>A column of obs.</summary>
    public static string Column(int column) => $"obs-{column:000}.bin";

    /// <summary>True for any file that a store may hold: one that may be lost when a store takes the place of another.</summary>
    public static bool Owns(string name) => name is Manifest.FileName or Genes or GeneIds or Cells
        || ((name.StartsWith("obs-", StringComparison.Ordinal) || name.StartsWith("shard-", StringComparison.Ordinal)) && name.EndsWith(".bin", StringComparison.Ordinal));
}
