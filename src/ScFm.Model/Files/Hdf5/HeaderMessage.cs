namespace ScFm.Model.Files.Hdf5;

/// <summary>One message of an object's header.</summary>
internal sealed record HeaderMessage(int Kind, byte[] Body)
{
    internal const int Nil = 0x0;
    internal const int Dataspace = 0x1;
    internal const int LinkInfo = 0x2;
    internal const int Datatype = 0x3;
    internal const int FillValue = 0x5;
    internal const int Link = 0x6;
    internal const int ExternalFiles = 0x7;
    internal const int Layout = 0x8;
    internal const int Filters = 0xB;
    internal const int Attribute = 0xC;
    internal const int Continuation = 0x10;
    internal const int SymbolTable = 0x11;
    internal const int AttributeInfo = 0x15;
}
