using ScFm.Kernel.Scripting;

namespace ScFm.Kernel.Tests.Scripting;

public sealed class CSharpTypeNameTests
{
    [Theory]
    [InlineData(typeof(int), "global::System.Int32")]
    [InlineData(typeof(int[][,]), "global::System.Int32[][,]")]
    [InlineData(typeof(Dictionary<string, List<int?>>), "global::System.Collections.Generic.Dictionary<global::System.String, global::System.Collections.Generic.List<global::System.Nullable<global::System.Int32>>>")]
    [InlineData(typeof(Dictionary<string, int>.KeyCollection), "global::System.Collections.Generic.Dictionary<global::System.String, global::System.Int32>.KeyCollection")]
    [InlineData(typeof(Environment.SpecialFolder), "global::System.Environment.SpecialFolder")]
    public void A_type_is_named_as_source_writes_it(Type type, string expected) => Assert.Equal(expected, CSharpTypeName.Of(type));

    [Fact]
    public void A_hidden_type_is_named_by_its_nearest_public_base() =>
        Assert.Equal("global::System.IO.MemoryStream", CSharpTypeName.Of(typeof(Hidden)));

    private sealed class Hidden : MemoryStream;
}
