"""The words that may stand in drawings, charts and formulas: elements of each vocabulary, and their attributes.

Sources: ISO/IEC 29500-1, 20 (DrawingML in a document), 21 (DrawingML) and 22.1 (formulas); 29500-4, 19 (old drawings).
Left out on purpose is what loads, runs or opens something, and whole packages within an attribute.
"""

from pipeline.word.allowed_content import SPACES

_SHAPES_AND_TEXT = """
    graphic graphicData graphicFrame graphicFrameLocks picLocks spLocks cxnSpLocks grpSpLocks xfrm off ext chOff chExt
    custGeom prstGeom avLst gd gdLst ahLst ahXY ahPolar cxnLst cxn pos rect pathLst path moveTo lnTo arcTo quadBezTo
    cubicBezTo close pt
    sp spPr style txSp txBody useSpRect nvSpPr cNvPr cNvSpPr cxnSp nvCxnSpPr cNvCxnSpPr stCxn endCxn pic nvPicPr cNvPicPr
    grpSp grpSpPr nvGrpSpPr cNvGrpSpPr nvGraphicFramePr cNvGraphicFramePr
    bodyPr prstTxWarp flatTx noAutofit normAutofit spAutoFit lstStyle defPPr lvl1pPr lvl2pPr lvl3pPr lvl4pPr lvl5pPr lvl6pPr
    lvl7pPr lvl8pPr lvl9pPr p pPr defRPr endParaRPr r rPr br fld t lnSpc spcBef spcAft spcPct spcPts tabLst tab rtl
    buClrTx buClr buSzTx buSzPct buSzPts buFontTx buFont buNone buAutoNum buChar buBlip
    uLnTx uLn uFillTx uFill highlight latin ea cs sym
    tbl tblPr tblGrid gridCol tr tc tcPr tableStyle tableStyleId lnL lnR lnT lnB lnTlToBr lnBlToTr cell3D headers header
"""
_FILLS_AND_EFFECTS = """
    noFill solidFill gradFill blipFill pattFill grpFill gsLst gs lin tileRect fillToRect fgClr bgClr blip srcRect stretch
    fillRect tile ln lnRef fillRef effectRef fontRef prstDash custDash ds round bevel miter headEnd tailEnd
    scrgbClr srgbClr hslClr sysClr schemeClr prstClr tint shade comp inv gray alpha alphaOff alphaMod hue hueOff hueMod sat
    satOff satMod lum lumOff lumMod red redOff redMod green greenOff greenMod blue blueOff blueMod gamma invGamma
    effectLst effectDag cont effect alphaBiLevel alphaCeiling alphaFloor alphaInv alphaModFix alphaOutset alphaRepl biLevel
    blend blur clrChange clrFrom clrTo clrRepl duotone fill fillOverlay glow grayscl hsl innerShdw outerShdw prstShdw
    reflection relOff softEdge xfrm
    scene3d camera rot lightRig backdrop anchor norm up sp3d bevelT bevelB extrusionClr contourClr
"""
_THEMES = """
    theme themeElements clrScheme dk1 lt1 dk2 lt2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink fontScheme
    majorFont minorFont font fmtScheme fillStyleLst lnStyleLst effectStyleLst effectStyle bgFillStyleLst objectDefaults spDef
    lnDef txDef extraClrSchemeLst extraClrScheme clrMap custClrLst custClr masterClrMapping overrideClrMapping
"""
_CHARTS = """
    chartSpace chart date1904 lang roundedCorners style clrMapOvr protection chartObject data formatting selection
    userInterface title tx rich strRef numRef strCache numCache strLit numLit multiLvlStrRef multiLvlStrCache lvl f ptCount pt v
    formatCode overlay autoTitleDeleted pivotFmts pivotFmt view3D rotX hPercent rotY depthPercent rAngAx perspective floor
    sideWall backWall thickness plotArea layout manualLayout layoutTarget xMode yMode wMode hMode x y w h
    areaChart area3DChart lineChart line3DChart stockChart radarChart scatterChart pieChart pie3DChart doughnutChart barChart
    bar3DChart ofPieChart surfaceChart surface3DChart bubbleChart barDir grouping varyColors gapWidth gapDepth overlap serLines
    shape scatterStyle radarStyle wireframe bandFmts bandFmt bubble3D bubbleScale showNegBubbles sizeRepresents ofPieType
    splitType splitPos custSplit secondPiePt secondPieSize firstSliceAng holeSize dropLines hiLowLines upDownBars upBars
    downBars ser idx order spPr txPr invertIfNegative pictureOptions applyToFront applyToSides applyToEnd pictureFormat
    pictureStackUnit explosion marker symbol size smooth dPt dLbls dLbl delete numFmt dLblPos showLegendKey showVal showCatName
    showSerName showPercent showBubbleSize separator showLeaderLines leaderLines trendline name trendlineType period forward
    backward intercept dispRSqr dispEq trendlineLbl errBars errDir errBarType errValType noEndCap plus minus val cat xVal yVal
    bubbleSize catAx valAx dateAx serAx axId scaling logBase orientation max min axPos majorGridlines minorGridlines
    majorTickMark minorTickMark tickLblPos crossAx crosses crossesAt crossBetween auto lblAlgn lblOffset noMultiLvlLbl
    tickLblSkip tickMarkSkip majorUnit minorUnit majorTimeUnit minorTimeUnit baseTimeUnit dispUnits builtInUnit custUnit
    dispUnitsLbl dTable showHorzBorder showVertBorder showOutline showKeys legend legendPos legendEntry plotVisOnly dispBlanksAs
    showDLblsOverMax externalData autoUpdate printSettings headerFooter oddHeader oddFooter evenHeader evenFooter firstHeader
    firstFooter pageMargins pageSetup
"""
_FORMULAS = """
    mathPr mathFont brkBin brkBinSub smallFrac dispDef lMargin rMargin defJc preSp postSp interSp intraSp wrapIndent wrapRight
    intLim naryLim oMathPara oMathParaPr oMath jc r rPr lit nor scr sty brk aln t ctrlPr argPr argSz
    acc accPr chr bar barPr pos box boxPr opEmu noBreak diff borderBox borderBoxPr hideTop hideBot hideLeft hideRight strikeH
    strikeV strikeBLTR strikeTLBR d dPr begChr sepChr endChr grow shp eqArr eqArrPr baseJc maxDist objDist rSpRule rSp f fPr
    type num den func funcPr fName groupChr groupChrPr vertJc limLow limLowPr limUpp limUppPr lim m mPr plcHide cGpRule cGp
    cSp mcs mc mcPr count mcJc mr nary naryPr limLoc subHide supHide phant phantPr show zeroWid zeroAsc zeroDesc transp
    rad radPr degHide deg sPre sPrePr sSub sSubPr sSubSup sSubSupPr alnScr sSup sSupPr sub sup e
"""
_ELEMENTS = {
    "a": f"{_SHAPES_AND_TEXT}{_FILLS_AND_EFFECTS}{_THEMES}",
    "c": _CHARTS,
    "m": _FORMULAS,
    "mc": "AlternateContent Choice Fallback",
    "wp": """
        inline anchor extent effectExtent docPr cNvGraphicFramePr simplePos positionH positionV posOffset align wrapNone
        wrapSquare wrapTight wrapThrough wrapTopAndBottom wrapPolygon start lineTo""",
    "pic": "pic nvPicPr cNvPr cNvPicPr blipFill spPr",
    "wps": "wsp cNvPr cNvSpPr cNvCnPr cNvFrPr spPr style txbx linkedTxbx bodyPr",
    "wpg": """
        wgp cNvPr cNvGrpSpPr cNvFrPr grpSpPr grpSp graphicFrame xfrm""",
    "wpc": "wpc bg whole",
    "v": """
        shapetype shape group rect roundrect oval line polyline curve arc image path formulas f handles h fill stroke shadow
        textbox textpath imagedata background""",
    "o": """
        lock idmap shapelayout shapedefaults fill extrusion callout skew colormru colormenu complex rules r proxy regrouptable
        entry relationtable rel top left bottom right column""",
    "w10": "wrap anchorlock bordertop borderleft borderright borderbottom",
}
#: Namespace → its elements: of every vocabulary but the main one; some have attributes only.
DRAWN_ELEMENTS = {
    space: frozenset(_ELEMENTS.get(prefix, "").split()) for prefix, space in SPACES.items() if prefix != "w"
}

_PLAIN = """
    Requires uri id idx name descr title hidden val lastClr typeface panose pitchFamily charset script type path
    x y z cx cy w h l t r b lIns tIns rIns bIns distL distT distR distB simplePos relativeHeight relativeFrom behindDoc locked
    layoutInCell allowOverlap wrapText edited bwMode
    noGrp noSelect noRot noChangeAspect noMove noResize noEditPoints noAdjustHandles noChangeArrowheads noChangeShapeType
    noTextEdit noCrop noDrilldown noUngrp preferRelativeResize txBox normalEastAsianFlow seq
    rot flipH flipV prst fmla stroke extrusionOk fill ang hR wR stAng swAng gdRefX minX maxX gdRefY minY maxY gdRefR minR maxR
    gdRefAng minAng maxAng
    upright vert vertOverflow horzOverflow wrap numCol spcCol rtlCol fromWordArt anchor anchorCtr forceAA compatLnSpc
    spcFirstLastPara fontScale lnSpcReduction marL marR lvl indent algn defTabSz rtl eaLnBrk fontAlgn latinLnBrk hangingPunct
    lang altLang kern sz i u strike cap spc normalizeH baseline noProof dirty err smtClean smtId kumimoji startAt char
    firstRow firstCol lastRow lastCol bandRow bandCol rowSpan gridSpan hMerge vMerge marT marB
    cap cmpd len lim dpi cstate rotWithShape flip pos scaled thresh amt rad blurRad dist dir sx sy kx ky tx ty stA stPos endA
    endPos fadeDir grow blend useA hue sat lum bright contrast d sp g
    bg1 tx1 bg2 tx2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink
    fov zoom lat lon rev rig dx dy dz contourW extrusionH prstMaterial
    formatCode sourceLinked footer header alignWithMargins differentOddEven differentFirst orientation paperSize
    firstPageNumber useFirstPageNumber blackAndWhite draft horizontalDpi verticalDpi copies
    aspectratio allowoverlap style class alt coordsize coordorigin wrapcoords print filled fillcolor opacity stroked strokecolor
    strokeweight insetpen chromakey editas tableproperties tablelimits adj arcsize from to control1 control2 points
    startAngle endAngle position size cropleft croptop cropright cropbottom gain blacklevel gamma grayscale bilevel
    recolor recolortarget blackpoint embosscolor color color2 opacity2 origin angle focus focussize focusposition method colors
    on weight linestyle miterlimit joinstyle endcap dashstyle filltype imagesize imagealignment imageaspect startarrow
    startarrowwidth startarrowlength endarrow endarrowwidth endarrowlength obscured offset offset2 matrix inset fitshape
    fitpath trim xscale string v limo textboxrect eqn gradientshapeok strokeok fillok shadowok arrowok textpathok
    polar map invx invy switch xrange yrange radiusrange
    data spidmax ext selection grouping ungrouping rotation cropping verticies adjusthandles text shapetype
    backdepth brightness diffusity edge facet foredepth lightface lightharsh lightharsh2 lightlevel lightlevel2 lightposition
    lightposition2 metal orientationangle plane render rotationangle rotationcenter shininess skewamt skewangle specularity
    viewpoint viewpointorigin accentbar textborder drop dropauto gap length lengthspecified minusx minusy how proxy start end
    connectloc new old idsrc iddest idcntr idref side anchorx anchory width shadow distance lockrotationcenter
    autorotationcenter colormode shadowcolor extrusioncolor
"""
_OF_OLD_DRAWINGS = """
    spid oned regroupid button userhidden bullet hr hrstd hrnoshade hrpct hralign allowincell allowoverlap userdrawn
    bordertopcolor borderleftcolor borderbottomcolor borderrightcolor insetmode spt connectortype connecttype bwmode bwpure
    bwnormal forcedash oleicon ole preferrelative cliptowrap clip title detectmouseclick opacity2 relid extrusionok
    singleclick connectlocs connectangles tableproperties tablelimits
"""
_ATTRIBUTES = {
    "o": _OF_OLD_DRAWINGS, "v": "ext", "m": "val alnAt", "r": "id embed link pict dm lo qs cs", "xml": "space",
}  # fmt: skip
#: Namespace of the attribute, ``""`` for none → the attributes that may stand in these vocabularies.
DRAWN_ATTRIBUTES = {
    "": frozenset(_PLAIN.split()),
    **{SPACES[prefix]: frozenset(words.split()) for prefix, words in _ATTRIBUTES.items()},
}
