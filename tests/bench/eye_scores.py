#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""eye_scores.py [--quick] COVER TARGET RESULT [COVER TARGET RESULT ...]

Figures of images made "to the eye", by real scalers (Pillow, OpenCV, vipsthumbnail, ImageMagick; --quick leaves out the
last two). TARGET has the thumbnail's size. All on Rec. 601 luma; SSIM (Wang et al. 2004) after the best affine fit.

  cov     SSIM to the cover of what an eye sees (Gaussian, sigma 1 pixel, in linear light); covE: to the cover so seen
  cz      its correlation with the cover;  cleak: weight of the target in it, over the cover's, both in units of their
          own spread (cleakr: in plain levels);  crange: 2nd to 98th percentile, 0..1
  th      SSIM of Pillow's bicubic thumbnail to the target;  worst: of the worst scaler, named at the end of the line
  cgain   of the cover's contrast, how much is seen;  ccol: of its colour (R, G and B less luma);
          ccleak: weight of the target's colour in it, over the cover's, as cleak
  grain   levels rms of what is finer than 3 pixels in what an eye sees and isn't the cover's
  tleak, tleakr, trange, tcol, tcleak: the same for that thumbnail, with the roles exchanged
  lin     correlation with the cover of a thumbnail averaged in linear light
  jcov, jth: cov and th after JPEG, quality 85, 4:2:0
"""
import sys, os, subprocess, tempfile, io
import numpy as np, cv2
from PIL import Image
from scipy.ndimage import gaussian_filter
from skimage.metrics import structural_similarity
from concurrent.futures import ProcessPoolExecutor
cv2.setNumThreads(1)
lin=lambda v: np.where(v<=.04045,v/12.92,((v+.055)/1.055)**2.4)
enc=lambda v: np.where(v<=.0031308,v*12.92,1.055*np.maximum(v,1e-12)**(1/2.4)-.055)
LIN8=lin(np.arange(256)/255.)
rgb=lambda im: np.asarray(im.convert('RGB'))
luma=lambda a: a.astype('f8')@np.array([.299,.587,.114])
def eye(a,s): return enc(np.clip(gaussian_filter(LIN8[a],(s,s,0),mode='nearest'),0,1))*255
def zncc(x,y):
    x=x-x.mean();y=y-y.mean();d=np.sqrt((x*x).sum()*(y*y).sum());return float((x*y).sum()/d) if d>1e-9 else 0.
def aff(x,y):
    v=((x-x.mean())**2).sum();a=((x-x.mean())*(y-y.mean())).sum()/v if v>1e-9 else 0;return a*(x-x.mean())+y.mean()
ssim=lambda x,y: float(structural_similarity(x,y,data_range=255,gaussian_weights=True,sigma=1.5,use_sample_covariance=False))
ssa=lambda x,y: ssim(aff(x,y),y)
def leak(x,want,other):
    n=lambda v:(v-v.mean())/max(v.std(),1e-9)
    A=np.stack([n(want).ravel(),n(other).ravel()],1); s=np.linalg.lstsq(A,(x-x.mean()).ravel(),rcond=None)[0]
    A=np.stack([(want-want.mean()).ravel(),(other-other.mean()).ravel()],1); r=np.linalg.lstsq(A,(x-x.mean()).ravel(),rcond=None)[0]
    return float(abs(s[1])/max(abs(s[0]),1e-9)), float(abs(r[1])/max(abs(r[0]),1e-9))
def colour(x,want,other):
    """Gain of the wanted picture's colour in x, and the other's leak; of R, G, B less luma, each less its mean. A grey
    picture has none: nan."""
    p=[(v-v.mean((0,1))).ravel() for v in (v-luma(v)[...,None] for v in (x,want,other))]
    if p[1].std()<.5: return np.nan,np.nan
    s=np.linalg.lstsq(np.stack(p[1:],1),p[0],rcond=None)[0]
    return float(s[0]), float(abs(s[1])*p[2].std()/max(abs(s[0])*p[1].std(),1e-9))
def grain_of(seen,cover):
    f=[v-gaussian_filter(v,3.,mode='nearest') for v in (seen,cover)]
    k=(f[0]*f[1]).mean()/max((f[1]**2).mean(),1e-9)
    return float((f[0]-k*f[1]).std())
def lindown(a,size):
    o=cv2.resize(LIN8[a].astype('f4'),size,interpolation=cv2.INTER_AREA) ; return enc(np.clip(o,0,1))*255
def thumbs(path,im,size,full=True):
    d={n:rgb(im.resize(size,f)) for n,f in dict(box=Image.BOX,bilinear=Image.BILINEAR,hamming=Image.HAMMING,bicubic=Image.BICUBIC,lanczos=Image.LANCZOS).items()}
    d['cvarea']=cv2.resize(rgb(im),size,interpolation=cv2.INTER_AREA)
    if full:
        with tempfile.TemporaryDirectory() as t:
            im.convert('RGB').save(t+'/in.png')
            subprocess.run(['vipsthumbnail',t+'/in.png','--size','%dx%d!'%size,'-o',t+'/v.png'],check=True); d['vips']=rgb(Image.open(t+'/v.png'))
            subprocess.run(['convert',t+'/in.png','-resize','%dx%d!'%size,t+'/m.png'],check=True); d['magick']=rgb(Image.open(t+'/m.png'))
    return d
def one(a):
    c,t,r,full=a
    R=Image.open(r).convert('RGB'); C=Image.open(c).convert('RGB'); T=Image.open(t).convert('RGB'); size=T.size
    lc=luma(rgb(C)); tu=luma(rgb(T.resize(C.size,Image.BICUBIC))); tl=luma(rgb(T)); ct=luma(rgb(C.resize(size,Image.BICUBIC)))
    o={}; e=luma(eye(rgb(R),1.)); o['cov']=ssa(e,lc); o['covE']=ssa(e,luma(eye(rgb(C),1.))); o['cz']=zncc(e,lc); o['cleak'],o['cleakr']=leak(e,lc,tu); p=np.percentile(e,[2,98])/255; o['crange']=p[1]-p[0]
    a=np.stack([(lc-lc.mean()).ravel(),(tu-tu.mean()).ravel()],1); o['cgain']=float(np.linalg.lstsq(a,(e-e.mean()).ravel(),rcond=None)[0][0])
    o['ccol'],o['ccleak']=colour(eye(rgb(R),1.),rgb(C),rgb(T.resize(C.size,Image.BICUBIC))); o['grain']=grain_of(e,luma(eye(rgb(C),1.)))
    th=thumbs(r,R,size,full); s={k:ssa(luma(v),tl) for k,v in th.items()}; o['th']=s['bicubic']; o['worst']=min(s.values()); o['who']=min(s,key=s.get)
    b=luma(th['bicubic']); o['tleak'],o['tleakr']=leak(b,tl,ct); p=np.percentile(b,[2,98])/255; o['trange']=p[1]-p[0]; o['tcol'],o['tcleak']=colour(th['bicubic'],rgb(T),rgb(C.resize(size,Image.BICUBIC)))
    o['lin']=zncc(luma(lindown(rgb(R),size)),luma(lindown(rgb(C),size)))
    for q in (85,):
        f=io.BytesIO(); R.save(f,'JPEG',quality=q,subsampling=2); J=Image.open(f).convert('RGB')
        o['jcov']=ssa(luma(eye(rgb(J),1.)),lc); o['jth']=ssa(luma(rgb(J.resize(size,Image.BICUBIC))),tl)
    return o
COL='cov covE cz cleak cleakr crange cgain ccol ccleak grain th worst tleak tleakr trange tcol tcleak lin jcov jth'.split()
def table(names,rows):
    print('%-22s '%'pair'+' '.join('%6s'%c for c in COL))
    for n,o in zip(names,rows): print('%-22s '%n+' '.join('%6.3f'%o[c] for c in COL),o['who'])
    low=[c for c in COL if c.startswith(('cleak','tleak','ccleak','tcleak','grain'))]
    print('%-22s '%'median'+' '.join('%6.3f'%np.nanmedian([o[c] for o in rows]) for c in COL))
    print('%-22s '%'worst'+' '.join('%6.3f'%(np.nanmax if c in low else np.nanmin)([o[c] for o in rows]) for c in COL))
if __name__=='__main__':
    full='--quick' not in sys.argv; a=[x for x in sys.argv[1:] if x!='--quick']
    tr=[(a[i],a[i+1],a[i+2],full) for i in range(0,len(a),3)]
    with ProcessPoolExecutor(2) as ex: rows=list(ex.map(one,tr))
    table([os.path.basename(x[2])[:22] for x in tr],rows)
