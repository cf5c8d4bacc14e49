namespace ScFm.Model.Corpora.Store;

/// <summary>The type in which a corpus store keeps the values of a cell.</summary>
public enum StoredValues
{
    /// <summary>For each cell the smallest type that changes none of its values.</summary>
    Smallest,

    /// <summary>Whole numbers from 0 to 255, a byte each.</summary>
    UInt8,

    /// <summary>Whole numbers from 0 to 65,535, two bytes each.</summary>
    UInt16,

    /// <summary>Whole numbers from 0 to 4,294,967,295, four bytes each.</summary>
    UInt32,

    /// <summary>Half precision, two bytes each.</summary>
    Float16,

    /// <summary>Single precision, four bytes each: holds every value.</summary>
    Float32,
}
