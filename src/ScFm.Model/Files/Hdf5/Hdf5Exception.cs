namespace ScFm.Model.Files.Hdf5;

/// <summary>An HDF5 file could not be read or written; the message names the file and the place in it.</summary>
public sealed class Hdf5Exception : IOException
{
    /// <summary>Makes the error.</summary>
    public Hdf5Exception(string message) : base(message) { }

    /// <summary>Makes the error with its cause.</summary>
    public Hdf5Exception(string message, Exception cause) : base(message, cause) { }
}
