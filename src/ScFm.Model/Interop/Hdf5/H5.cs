#pragma warning disable CS1591 // The names and the meaning are those of the HDF5 reference manual.
namespace ScFm.Model.Interop.Hdf5;

/// <summary>The functions of libhdf5 that we call, under their own names; hid_t is long, hsize_t ulong, herr_t and htri_t int.</summary>
internal static unsafe class H5
{
    internal const uint Truncate = 2;
    internal const int Scalar = 0;
    internal const int Utf8 = 1;
    internal const int DeflateFilter = 1;
    internal const int CloseStrong = 3;
    internal const int SelectSet = 0;
    internal const ulong Unlimited = ulong.MaxValue;
    internal static readonly nuint VariableLength = nuint.MaxValue;

    internal static readonly delegate* unmanaged<byte*, uint, long, long, long> Fcreate = (delegate* unmanaged<byte*, uint, long, long, long>)Function("H5Fcreate");
    internal static readonly delegate* unmanaged<long, int> Fclose = (delegate* unmanaged<long, int>)Function("H5Fclose");

    internal static readonly delegate* unmanaged<long, byte*, long, long> Oopen = (delegate* unmanaged<long, byte*, long, long>)Function("H5Oopen");
    internal static readonly delegate* unmanaged<long, int> Oclose = (delegate* unmanaged<long, int>)Function("H5Oclose");
    internal static readonly delegate* unmanaged<long, byte*, long, long, long, long> Gcreate = (delegate* unmanaged<long, byte*, long, long, long, long>)Function("H5Gcreate2");

    internal static readonly delegate* unmanaged<long, long, long, long, long, void*, int> Dwrite = (delegate* unmanaged<long, long, long, long, long, void*, int>)Function("H5Dwrite");
    internal static readonly delegate* unmanaged<long, byte*, long, long, long, long, long, long> Dcreate =
        (delegate* unmanaged<long, byte*, long, long, long, long, long, long>)Function("H5Dcreate2");

    internal static readonly delegate* unmanaged<long, ulong*, int> DsetExtent = (delegate* unmanaged<long, ulong*, int>)Function("H5Dset_extent");
    internal static readonly delegate* unmanaged<long, long> DgetSpace = (delegate* unmanaged<long, long>)Function("H5Dget_space");

    internal static readonly delegate* unmanaged<long, int> Aclose = (delegate* unmanaged<long, int>)Function("H5Aclose");
    internal static readonly delegate* unmanaged<long, long, void*, int> Awrite = (delegate* unmanaged<long, long, void*, int>)Function("H5Awrite");
    internal static readonly delegate* unmanaged<long, byte*, long, long, long, long, long> Acreate = (delegate* unmanaged<long, byte*, long, long, long, long, long>)Function("H5Acreate2");

    internal static readonly delegate* unmanaged<int, long> Screate = (delegate* unmanaged<int, long>)Function("H5Screate");
    internal static readonly delegate* unmanaged<int, ulong*, ulong*, long> ScreateSimple = (delegate* unmanaged<int, ulong*, ulong*, long>)Function("H5Screate_simple");
    internal static readonly delegate* unmanaged<long, int, ulong*, ulong*, ulong*, ulong*, int> SselectHyperslab =
        (delegate* unmanaged<long, int, ulong*, ulong*, ulong*, ulong*, int>)Function("H5Sselect_hyperslab");
    internal static readonly delegate* unmanaged<long, int> Sclose = (delegate* unmanaged<long, int>)Function("H5Sclose");

    internal static readonly delegate* unmanaged<long, long> Tcopy = (delegate* unmanaged<long, long>)Function("H5Tcopy");
    internal static readonly delegate* unmanaged<long, int> Tclose = (delegate* unmanaged<long, int>)Function("H5Tclose");
    internal static readonly delegate* unmanaged<long, nuint, int> TsetSize = (delegate* unmanaged<long, nuint, int>)Function("H5Tset_size");
    internal static readonly delegate* unmanaged<long, int, int> TsetCset = (delegate* unmanaged<long, int, int>)Function("H5Tset_cset");
    internal static readonly delegate* unmanaged<long, long> TenumCreate = (delegate* unmanaged<long, long>)Function("H5Tenum_create");
    internal static readonly delegate* unmanaged<long, byte*, void*, int> TenumInsert = (delegate* unmanaged<long, byte*, void*, int>)Function("H5Tenum_insert");

    internal static readonly delegate* unmanaged<long, long> Pcreate = (delegate* unmanaged<long, long>)Function("H5Pcreate");
    internal static readonly delegate* unmanaged<long, int> Pclose = (delegate* unmanaged<long, int>)Function("H5Pclose");
    internal static readonly delegate* unmanaged<long, int, ulong*, int> PsetChunk = (delegate* unmanaged<long, int, ulong*, int>)Function("H5Pset_chunk");
    internal static readonly delegate* unmanaged<long, uint, int> PsetDeflate = (delegate* unmanaged<long, uint, int>)Function("H5Pset_deflate");
    internal static readonly delegate* unmanaged<long, byte, int> PsetObjTrackTimes = (delegate* unmanaged<long, byte, int>)Function("H5Pset_obj_track_times");
    internal static readonly delegate* unmanaged<long, int, int> PsetFcloseDegree = (delegate* unmanaged<long, int, int>)Function("H5Pset_fclose_degree");
    /// <summary>H5Pset_file_locking, which HDF5 has since 1.10.7; null in an older one.</summary>
    internal static readonly delegate* unmanaged<long, byte, byte, int> PsetFileLocking = (delegate* unmanaged<long, byte, byte, int>)Hdf5Library.FunctionOrNull("H5Pset_file_locking");
    internal static readonly delegate* unmanaged<int, int> ZfilterAvail = (delegate* unmanaged<int, int>)Function("H5Zfilter_avail");

    internal static readonly long String = Hdf5Library.Global("H5T_C_S1_g");
    internal static readonly long FileAccess = Hdf5Library.Global("H5P_CLS_FILE_ACCESS_ID_g");
    internal static readonly long DatasetCreation = Hdf5Library.Global("H5P_CLS_DATASET_CREATE_ID_g");

    /// <summary>The library's identifier of a .NET number type as it lies in memory.</summary>
    internal static long NativeType<T>() where T : unmanaged => Hdf5Library.Global(default(T) switch
    {
        float => "H5T_NATIVE_FLOAT_g",
        double => "H5T_NATIVE_DOUBLE_g",
        sbyte => "H5T_NATIVE_SCHAR_g",
        short => "H5T_NATIVE_SHORT_g",
        int => "H5T_NATIVE_INT_g",
        long => "H5T_NATIVE_LLONG_g",
        _ => throw new NotSupportedException($"{typeof(T)} has no HDF5 type here."),
    });

    private static nint Function(string name) => Hdf5Library.Function(name);
}
