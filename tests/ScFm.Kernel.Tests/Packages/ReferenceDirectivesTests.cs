using ScFm.Kernel.Packages;

namespace ScFm.Kernel.Tests.Packages;

public sealed class ReferenceDirectivesTests
{
    [Fact]
    public void Directives_are_read_and_leave_empty_lines()
    {
        var directives = ReferenceDirectives.Read("#i \"nuget: /feed\"\n#r \"nuget: A.B , 1.2\" // why\n  #r \"nuget:C\"\n#r \"d.dll\"\nint x;");
        Assert.Equal("\n\n\n\nint x;", directives.Code);
        Assert.Equal([new PackageRequest("A.B", "1.2"), new PackageRequest("C", "*")], directives.Packages);
        Assert.Equal(["/feed"], directives.Sources);
        Assert.Equal(["d.dll"], directives.Assemblies);
    }

    [Theory]
    [InlineData("#r \"nuget:\"", "names nothing")]
    [InlineData("#i \"/feed\"", "#i \"nuget: source\" was expected")]
    public void A_directive_without_sense_is_told(string line, string expected) =>
        Assert.Contains(expected, Assert.Throws<PackageException>(() => ReferenceDirectives.Read(line)).Message);
}
