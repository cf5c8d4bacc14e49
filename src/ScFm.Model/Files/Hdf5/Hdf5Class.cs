namespace ScFm.Model.Files.Hdf5;

/// <summary>The class of an HDF5 type (H5T_class_t).</summary>
internal enum Hdf5Class
{
    Integer = 0,
    Float = 1,
    Text = 3,
    Compound = 6,
    Reference = 7,
    Enum = 8,
}
